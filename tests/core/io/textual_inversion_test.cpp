// SPDX-License-Identifier: GPL-3.0-or-later
// Added tokens, textual inversions, and what a prompt loses to the text encoder's length.
#include "core/io/textual_inversion.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/api/session.h"
#include "core/engine/sampler.h"
#include "core/tokenizer/clip_tokenizer.h"
#include "tests/support/temporary_folder.h"

namespace p2l {
namespace {

using Json = nlohmann::json;
using test::expectParts;
using test::problemOf;
using Ids = std::vector<std::int64_t>;

class AddedTokens : public test::ModelFolder {
 protected:
  /// Without start, end and padding.
  static Ids body(const ClipTokenizer& tokenizer, const std::string& text) {
    auto ids = tokenizer.encode(text);
    ids.resize(static_cast<std::size_t>(tokenizer.tokenCount(text)) - 1);
    ids.erase(ids.begin());
    return ids;
  }
  ClipTokenizer tokenizer() const { return ClipTokenizer::fromFolder((folder_ / "tokenizer").string()); }
  void changeConfig(const Json& fields) const {
    std::ifstream in(folder_ / "tokenizer/tokenizer_config.json");
    auto json = Json::parse(in);
    in.close();
    json.update(fields);
    write("tokenizer/tokenizer_config.json", json.dump());
  }
};

/// The ids are those of transformers 5.23 (CLIPTokenizer.from_pretrained of the same files).
TEST_F(AddedTokens, OfAddedTokensJson) {
  write("tokenizer/added_tokens.json", R"({"<cat-toy>": 672, "Zebra": 673})");
  const auto t = tokenizer();
  EXPECT_EQ(body(t, "a <cat-toy>"), (Ids{320, 672}));
  EXPECT_EQ(body(t, "a <Cat-Toy>"), (Ids{320, 672}));
  EXPECT_EQ(body(t, "a Zebra"), (Ids{320, 673}));
  EXPECT_EQ(body(t, "a zebra"), (Ids{320, 673}));
  EXPECT_EQ(body(t, "zebras here"), (Ids{673, 338, 71, 68, 81, 324}));
  EXPECT_EQ(body(t, "x<cat-toy>y"), (Ids{343, 672, 344}));
  EXPECT_EQ(body(t, "a wolf"), (Ids{320, 645, 75, 325}));
}

TEST_F(AddedTokens, OfTokenizerConfigsDecoder) {
  const auto token = [](const char* content, bool single_word, bool normalized) {
    return Json{{"content", content},         {"lstrip", false},         {"rstrip", false}, {"special", false},
                {"single_word", single_word}, {"normalized", normalized}};
  };
  changeConfig({{"added_tokens_decoder",
                 {{"672", token("<cat-toy>", false, true)},
                  {"673", token("Zebra", false, true)},
                  {"674", token("wolf", true, false)},
                  {"675", token("<cat-toy>_1", false, true)}}}});
  const auto t = tokenizer();
  EXPECT_EQ(body(t, "a zebra"), (Ids{320, 673}));
  EXPECT_EQ(body(t, "a wolf"), (Ids{320, 674}));
  EXPECT_EQ(body(t, "a Wolf"), (Ids{320, 645, 75, 325}));
  EXPECT_EQ(body(t, "a wolfs"), (Ids{320, 645, 75, 69, 338}));
  EXPECT_EQ(body(t, "<cat-toy>_1 x"), (Ids{675, 343})) << "the longest one";
}

TEST_F(AddedTokens, BadOnesNameTheFile) {
  write("tokenizer/added_tokens.json", R"({"<cat-toy>": "first"})");
  expectParts(problemOf([&] { tokenizer(); }), {"added_tokens.json", "<cat-toy>", "\"first\""});
  std::filesystem::remove(folder_ / "tokenizer/added_tokens.json");
  changeConfig({{"added_tokens_decoder", {{"672", "x"}}}});
  expectParts(problemOf([&] { tokenizer(); }), {"tokenizer_config.json", "672", "content"});
}

/// The word of an added token has a row in the text encoder's table, as others have.
TEST_F(AddedTokens, AModelWithOne) {
  const auto row_of = [](auto& t) {
    return t.contains("text_model.embeddings.token_embedding.weight") ? "text_model.embeddings.token_embedding.weight"
                                                                      : "embeddings.token_embedding.weight";
  };
  write("tokenizer/added_tokens.json", R"({"<cat-toy>": 672})");
  rewrite("text_encoder/model.safetensors", [&](auto& t) {
    auto& table = t[row_of(t)];
    table = at::cat({table, table.narrow(0, 515, 1)});  // the row of `photo`
  });
  replaceText("text_encoder/config.json", "\"vocab_size\": 672", "\"vocab_size\": 673");
  const auto model = loadModel(folder_.string(), at::kCPU).model;
  EXPECT_TRUE(at::equal(model->embedPrompt("a <cat-toy> of a").prompt, model->embedPrompt("a photo of a").prompt));
}

class TextualInversions : public test::TemporaryFolder {
 protected:
  std::string file(const std::string& name, const std::string& tensor, const at::Tensor& vectors) const {
    const auto path = (folder_ / name).string();
    writeSafetensors(path, {{tensor, vectors}});
    return path;
  }
  static at::Tensor table() {
    const auto tensors = test::tensorsIn(test::modelFolder("sd1-mini") + "/text_encoder/model.safetensors");
    const auto found = tensors.find("text_model.embeddings.token_embedding.weight");
    return found != tensors.end() ? found->second : tensors.at("embeddings.token_embedding.weight");
  }
  at::Tensor embedded(const std::string& prompt, const std::string& path) const {
    remarks_.clear();
    return initialEmbedding(*loaded_.model, loaded_.info, prompt, path, at::kCPU, &remarks_).prompt;
  }

  LoadedModel loaded_ = loadModel(test::modelFolder("sd1-mini"), at::kCPU);
  mutable std::vector<std::string> remarks_;
};

TEST_F(TextualInversions, EveryLayoutGivesItsWord) {
  const auto vectors = at::randn({2, 8});
  const auto word = [&](const std::string& name, const std::string& tensor, const at::Tensor& values) {
    const auto found = textualInversionIn(file(name, tensor, values));
    return found ? found->word : "none";
  };
  EXPECT_EQ(word("style.safetensors", "emb_params", vectors), "style");
  EXPECT_EQ(word("style.safetensors", "*", vectors), "style");
  EXPECT_EQ(word("style.safetensors", "string_to_param.*", vectors), "style");
  EXPECT_EQ(word("learned_embeds.safetensors", "<cat-toy>", vectors), "<cat-toy>");
  EXPECT_EQ(word("learned_embeds.safetensors", "<cat-toy>", vectors[0]), "<cat-toy>");
  EXPECT_EQ(word("C.safetensors", "C", vectors), "none") << "an embedding that P2L has tuned";
  EXPECT_EQ(word("xl.safetensors", "clip_l", vectors), "none");
  EXPECT_EQ(word("ids.safetensors", "ids", at::ones({3}, at::kLong)), "none");
  EXPECT_FALSE(textualInversionIn(write("text.safetensors", "no safetensors at all")));
  EXPECT_FALSE(textualInversionIn((folder_ / "missing").string()));
}

/// Vectors that are rows of the table are the words of those rows: an exact check of the whole way.
TEST_F(TextualInversions, VectorsStandForTokens) {
  const at::NoGradGuard no_grad;
  const auto rows = table();
  const auto photo_of = file("ti.safetensors", "<it>", at::stack({rows[515], rows[516]}));  // `photo`, `of`
  const auto expected = loaded_.model->embedPrompt("a photo of a cat").prompt;
  EXPECT_TRUE(at::equal(embedded("a <it> a cat", photo_of), expected));
  EXPECT_TRUE(at::equal(embedded("a <IT> a cat", photo_of), expected));
  EXPECT_TRUE(at::equal(embedded("a<it>a cat", photo_of), expected));
  EXPECT_TRUE(at::equal(embedded("", photo_of), loaded_.model->embedPrompt("photo of").prompt)) << "the word alone";
  const auto half = file("half.safetensors", "emb_params", rows.narrow(0, 515, 1).to(at::kHalf).to(at::kFloat));
  EXPECT_TRUE(at::allclose(embedded("a HALF of a cat", half), expected, 1e-2, 1e-2));
  EXPECT_TRUE(remarks_.empty());
  expectParts(problemOf([&] { embedded("halfway there", half); }), {"halfway there", "does not hold the word half"});
  const auto wide = file("wide.safetensors", "emb_params", at::zeros({1, 1024}));
  expectParts(problemOf([&] { embedded("", wide); }), {"wide", "1024", "text encoder takes"});
}

TEST_F(TextualInversions, WhatIsCutIsSaid) {
  std::string prompt = "a";
  for (int i = 0; i < 74; ++i) prompt += " a";  // 75 tokens and two ends: it fits
  embedded(prompt, "");
  EXPECT_TRUE(remarks_.empty());
  embedded(prompt + " Photo,  of a cat", "");
  ASSERT_EQ(remarks_.size(), 1u);
  expectParts(remarks_[0], {"longer than the model sd1-mini reads", "\"Photo,  of a cat\""});
  const auto two = file("two.safetensors", "emb_params", at::stack({table()[515], table()[516]}));
  embedded("two " + prompt.substr(4), two);  // 73 and 2
  EXPECT_TRUE(remarks_.empty());
  embedded("two " + prompt.substr(2), two);  // 74 and 2
  ASSERT_EQ(remarks_.size(), 1u);
  expectParts(remarks_[0], {"left out was \"a\""});
}

TEST_F(TextualInversions, APickleLeadsToAFileThatIsRead) {
  const auto path = write("ti.pt", std::string("PK\x03\x04", 4) + std::string(64, '\0'));
  expectParts(problemOf([&] { embedded("", path); }),
              {"ti.pt", "pickle", "python3 -c", "string_to_param", "weights_only=True", "ti.safetensors'"});
}

}  // namespace
}  // namespace p2l
