# SPDX-License-Identifier: GPL-3.0-or-later
"""The prompts of tokenizer_prompts.json: what people type, and what breaks tokenizers."""

PLAIN = [
    "", " ", "  ", "a", "A", "photo", "a photo", "a photo of a dog", "A Photo Of A DOG", "a photo of a cat",
    "a photo of a dark gray smooth flat scene", "a photo of a bright colorful red detailed contrast scene",
    "a photo of a dim muted blue textured flat scene", "a photo of a bright muted cyan soft flat scene",
    "a photo of a dark colorful purple detailed contrast scene", "a photo of a dim gray pink smooth contrast scene",
    "photo photo photo", "photophoto", "photosphoto", "photographic", "the", "The", "THE", "in", "with", "and",
    "high quality sharp image", "a high quality photo of a face", "a high quality photo of a flower",
    "picture light sky", "grass water sand wood stone", "night day face cat dog tree flower",
    "skyline", "flowers", "treehouse", "nighttime", "daylight", "facial", "doge", "category", "waterfall",
    "an oil painting of a fox in the style of van gogh", "masterpiece, best quality, 8k, ultra-detailed",
    "(masterpiece:1.2), [low quality], {{sharp}}", "a red cube on top of a blue sphere",
    "portrait of a woman, 35mm, f/1.8, bokeh", "iPhone 15 Pro", "lorem ipsum dolor sit amet", "x", "y", "Z", "o", "of",
    "oof", "brighter", "brightest", "bri", "brigh", "colou", "colour", "colours", "grayscale", "greyscale", "yellowish",
    "contrasty", "scenery", "scenes", "softly", "texture", "textures", "texturedetailed", "smoothie", "q", "qu", "quality",
]
CONTRACTIONS = [
    "it's", "IT'S", "don't", "DON'T", "we're", "they've", "I'm", "you'll", "he'd", "it's a dog's photo", "'s", "'S",
    "'t 're 've 'm 'll 'd", "dogs'", "'dogs'", "o'clock", "rock 'n' roll", "it\u2019s", "don\u2019t", "''s", "'''",
    "s's", "'sd", "'llama", "'dark", "'red", "'remuted", "'texture", "'mid", "'vel", "x'll've", "'s's's", "'Dim",
    "!'s", "a!'s", "'!s", "1's", "'1s", "\u00e9's", "'\u00e9",
]
NUMBERS = [
    "0", "1", "12", "123", "2024", "3.14", "1,000,000", "1e-4", "-5", "+5", "50%", "1/2", "2x", "x2", "4k", "8K", "a1b2c3",
    "16:9", "256x256", "$9.99", "\u00a35", "No.1", "\u00bd", "\u00b2", "x\u00b2", "10\u2070", "\u2167", "\u2177", "\u2460",
    "\u0663\u0664", "\u0967\u0968", "\u3007", "\u4e09", "\uff11\uff12", "\U0001d7d9", "\u0be7", "1\u20442", "1st 2nd 3rd",
    "007", "1 2 3 4 5 6 7 8 9 10 11 12 13", "12345678901234567890",
]
PUNCTUATION = [
    ".", "...", "....", "!", "!!!", "?!", "?!?!?!", ",", ";;", "a,b", "a, b", "a ,b", "a.b.c", "(a)", "[a]", "{a}", "<a>",
    "((a))", "a-b", "a--b", "a_b", "__init__", "#tag", "@user", "a&b", "a & b", "&amp;", "&lt;b&gt;", "&quot;x&quot;",
    "&#39;", "&nbsp;", "&amp;amp;", "&eacute;", "&copy; 2024", "<br>", "<b>bold</b>", "</s>", "<s>", "<pad>", "<unk>",
    "\"quoted\"", "`code`", "a\\b", "\\n", "\\", "/", "//", "http://a.b/c?d=e&f=g", "me@example.org", "C++", "C#", "a+b=c",
    "a*b", "~", "^", "|", "||", "<|", "|>", "<||>", "*bold*", "--", "\u2013", "\u2014", "\u2026", "\u201cq\u201d", "\u2018q\u2019",
    "\u00abq\u00bb", "\u00bfqu\u00e9?", "\u00a1ol\u00e9!", "\u2022 a", "\u00a7", "\u00b6", "\u2020", "\u20ac", "\u00a9", "\u2122",
    "\u00b0C", "\u2190", "\u221e", "\u2260", "\u2211", "a\u00b7b", "\u00d7", "\u3002", "\uff01", "\u300cq\u300d", "\u060c", "\u0964",
    "$", "\u00a3", "+", "<", "=", ">", "a$b", "a`b", "$$$", "\u02c6", "\u02dc", "\u00b4", "\u00a8", "\u00b8",
]
SPECIAL = [
    "<|startoftext|>", "<|endoftext|>", "a<|endoftext|>b", "a <|endoftext|> b", "<|startoftext|>a photo<|endoftext|>",
    "<|endoftext|><|endoftext|>", "<|STARTOFTEXT|>", "<|EndOfText|>", "a<|EndOfText|>b", "<|endoftext", "endoftext|>",
    "<|endoftext|>s", "'<|endoftext|>", "<|endoftext|>'s", "<| endoftext |>", "<|endoftext|> ", "!<|EndOfText|>!",
]
WHITESPACE = [
    "a  b", "a   b", " a", "a ", "  a  ", "\ta\tb\t", "a\nb", "a\r\nb", "\n", "\n\n\n", "a \n b", "\v", "a\vb", "a\fb",
    "a\u00a0b", "\u00a0", "a\u3000b", "a\u2003b", "a\u2009b", "a\u202fb", "a\u205fb", "a\u1680b", "a\u2028b", "a\u2029b",
    "a\u0085b", "a\u200bb", "a\u2060b", "a\ufeffb", "\ufeffa photo", "a\u180eb", "a\u001cb", "a\u001fb", "\u001d", "a \u00a0 b",
    "don 't", "it 's", "a photo of a  dark\tred\nscene",
]
CONTROL = [
    "\u0000", "a\u0000b", "\u0001", "a\u0007b", "\u0008", "\u001b[31mred\u001b[0m", "\u007f", "a\u007fb", "\u0080", "\u009f",
    "a\u00adb", "\u200e\u200f", "a\u202eb", "\u2066a\u2069", "\ufff9", "\ufffc", "\ufffd", "\ue000", "\uf8ff", "\U000f0000", "\uffff",
    "\U0010ffff", "\u0378",
]
LATIN = [
    "caf\u00e9", "cafe\u0301", "CAF\u00c9", "CAFE\u0301", "na\u00efve", "\u00fcber", "u\u0308ber", "U\u0308BER", "stra\u00dfe",
    "STRASSE", "\u1e9e", "\u00c5ngstr\u00f6m", "\u212bngstro\u0308m", "A\u030a", "\u0130stanbul", "I\u0307stanbul", "\u0131", "\u01c4",
    "\u01c5", "\u01c6", "\ufb01ne", "\ufb03", "\u0152uvre", "\u00e6sir", "\u0141\u00f3d\u017a", "\u010ce\u0161tina", "Ti\u1ebfng Vi\u1ec7t",
    "Tie\u0302\u0301ng Vie\u0323\u0302t", "Vie\u0302\u0323t", "\u1ea0", "q\u0307\u0323", "q\u0323\u0307", "a\u0301\u0301", "\u0301", "\u0301a", "e\u0327\u0301",
    "\u0344", "\u0149", "\u00aa\u00ba", "\u02b0", "\u1d2c", "\u24b6", "\u24d0", "\u2126", "\u00b5", "\u03bc", "\u212a", "K\u212a", "\u017f", "\u1e9b\u0323",
    "\u0345", "z\u0337a\u0336l\u0335g\u0334o", "\uff21\uff22", "\U0001d400\U0001d41a", "\U0001d504", "\u2c60", "\ua722", "\u023a", "\u00d8\u00d0\u00de",
]
SCRIPTS = [
    "\u041f\u0440\u0438\u0432\u0435\u0442", "\u043c\u0438\u0440", "\u0401\u0436\u0438\u043a", "\u0415\u0308\u0436", "\u0419", "\u0418\u0306", "\u0395\u03bb\u03bb\u03ac\u03b4\u03b1",
    "\u039f\u0394\u039f\u03a3", "\u03a3\u03a3", "\u03c2", "\u1f00\u03c1\u03c7\u03ae", "\u1f88", "\u0386", "\u0391\u0301", "\u037e", "\u0387",
    "\u05e9\u05dc\u05d5\u05dd", "\u05e9\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd", "\ufb2a", "\u0645\u0631\u062d\u0628\u0627", "\u0645\u064f\u062d\u064e\u0645\u0651\u064e\u062f", "\u0627\u0653", "\u0622", "\ufefb", "\u202b\u05d0\u202c",
    "\u0928\u092e\u0938\u094d\u0924\u0947", "\u0915\u094d\u0937\u093f", "\u0958", "\u0915\u093c", "\u0929", "\u0928\u093c", "\u0baa\u0bc6\u0bbe", "\u0b95\u0bca", "\u09cb", "\u09c7\u09be",
    "\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35", "\u0e33", "\u1019\u103c\u1014\u103a", "\u4e00\u53ea\u72d7", "\u7167\u7247", "\u5199\u771f", "\u732b\u306e\u5199\u771f", "\u30ab\u30e1\u30e9", "\u304b\u3099", "\u304c", "\uff76\uff9e", "\u30d1", "\u30cf\u309a",
    "\uac01", "\u1100\u1161\u11a8", "\uac00\u11a8", "\ud55c\uad6d\uc5b4", "\u1112\u1161\u11ab", "\uf900", "\ufa0c", "\u8c48", "\U0002f800", "\U00020000", "\u10d0", "\u10a0", "\u1c90", "\u13a0", "\uab70",
    "\U00010400", "\U00010428", "\u0531\u0582", "\u0587", "\u1200", "\u16a0", "\u2c00", "\U0001e900", "\U000104b0", "\U00011099\U000110ba", "\u2adc",
]
EMOJI = [
    "\U0001f600", "\U0001f415", "a \U0001f415 photo", "\U0001f415\U0001f408", "\U0001f44d\U0001f3fd", "\u2764\ufe0f", "\u2764", "\U0001f1e9\U0001f1ea", "\U0001f1e9",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466", "\U0001f9d1\u200d\U0001f4bb", "1\ufe0f\u20e3", "#\ufe0f\u20e3", "\u00a9\ufe0f", "\u2600\ufe0f\U0001f327", "dog\U0001f415dog", "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "\U0001fae0", "\u2603!", "\u266b", "\u265e\u2654", "\U0001f600\U0001f600\U0001f600\U0001f600\U0001f600",
]
LONG = [
    "a photo of a dark gray smooth flat scene with a cat and a dog and a tree and a flower in the night",
    "a " * 100, "photo " * 13 + "dog", "photo " * 14, "photo " * 15, "photo " * 16, "photo" * 200, "x" * 1000, "a" * 14,
    "a" * 15, "!" * 500, "1" * 40, "\u4e00" * 30, "\U0001f415" * 20, "caf\u00e9 " * 40, " " * 300 + "a photo", "a, " * 90,
    "photo of a dark red scene " * 40, "'s" * 60, "\u0301" * 40,
]

PROMPTS = list(dict.fromkeys(PLAIN + CONTRACTIONS + NUMBERS + PUNCTUATION + SPECIAL + WHITESPACE + CONTROL + LATIN
                             + SCRIPTS + EMOJI + LONG))
# With the words that make_one_file_tokenizer adds.
ADDED_WORDS = [
    "<sks>", "a photo of <sks> at dawn", "a photo of <SKS> at Dawn", "dawning", "pre-dawn light", "dawn,dusk", "DUSK",
    "a dusk", "a DUSK photo", "DUSKY", "x<sks>y", "<sks><sks>", "<sks >", "dawn!", "!dawn", "Dawn's", "<sks>'s dog",
]
