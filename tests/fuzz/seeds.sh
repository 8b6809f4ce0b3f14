# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What each fuzzer starts from: files of the project, and a few bytes of formats that it has no file of. Sourced by run,
# which sets root and corpus.

# seed BYTE NAME FILE...: the byte that says as what it is read, and the files.
# shellcheck disable=SC2154
seed() { printf '%s' "$1" | cat - "${@:3}" >"$corpus/$2"; }

# seed_tensor BYTE NAME TENSOR SHAPE: a safetensors file of two numbers.
seed_tensor() {
  local header
  header="{\"$3\":{\"dtype\":\"F32\",\"shape\":$4,\"data_offsets\":[0,8]}}"
  # The length fits a byte; of eight, little-endian, the others are 0. A float made of these characters is finite.
  printf "$1\\x$(printf %02x ${#header})\\0\\0\\0\\0\\0\\0\\0%s12345678" "$header" >"$corpus/$2"
}

seed_loader() {
  local half index number file pickles models=$root/tests/reference/models
  seed_tensor s safetensors a '[2]'
  for half in encoder decoder; do seed s "taesd-$half" "$models/taesd-mini/taesd_$half.safetensors"; done
  index='{"weight_map":{"conv_in.weight":"diffusion_pytorch_model-00001-of-00001.safetensors"}}'
  printf 'f\x05%s' "$index" >"$corpus/index"
  number=0
  for file in scheduler/scheduler_config.json model_index.json unet/config.json vae/config.json text_encoder/config.json; do
    { printf "f\\x0$number" && cat "$models/sd1-mini/$file"; } >"$corpus/folder-$number"
    seed c "config-$number" "$models/sd2-mini/$file"
    number=$((number + 1))
  done
  seed c config-tiny "$models/taesd-mini/config.json"
  printf 't%s\0#version\na b</w>\n\0{"model_max_length":8}\0ab a' \
    '{"<|startoftext|>":0,"<|endoftext|>":1,"a":2,"a</w>":3,"ab</w>":4}' >"$corpus/tokenizer"
  pickles=$root/tests/reference/pickles
  seed n numpy "$pickles/arrays.ckpt"
  for file in linear shared turned; do seed T "torch-$file" "$pickles/$file.pth"; done
  printf "p<|startoftext|>It's 3 caf\xc3\xa9s <|EndOfText|>!" >"$corpus/prompt"
}

seed_picture() {
  local file name use
  for file in "$root"/tests/field/*.{png,jpg,tif,webp}; do
    name=${file##*/}
    (($(stat -c %s "$file") < 65000)) || continue
    use=P
    case $name in
      k_* | disc* | impulse*) use=k ;;
      m_* | mask*) use=m ;;
      minis* | palette*) use=g ;;
    esac
    seed $use "$name" "$file"
    [[ $use == P ]] || seed P "photo-$name" "$file"
  done
  # BMP: 2 x 2 pixels of 24 bit, and the same with masks of 5, 6 and 5 bits.
  local head='BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\2\0\0\0\2\0\0\0\1\0'
  printf "P$head"'\x18\0\0\0\0\0\x10\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\2\3\4\5\6\0\0\7\x08\x09\x0a\x0b\x0c\0\0' >"$corpus/plain.bmp"
  printf 'PBM\x4a\0\0\0\0\0\0\0\x42\0\0\0\x28\0\0\0\2\0\0\0\2\0\0\0\1\0\x10\0\3\0\0\0\x08\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\xf8\0\0\xe0\7\0\0\x1f\0\0\0\1\2\3\4\5\6\7\x08' >"$corpus/masks.bmp"
}

seed_request() {
  local file
  printf 'q%s' '{"degradation":"sr","solver":"p2l"}' >"$corpus/request"
  for file in "$root"/resources/presets/*.json; do seed p "preset-${file##*/}" "$file"; done
  for file in "$root"/resources/recipes/*.json; do seed r "recipe-${file##*/}" "$file"; done
  for file in "$root"/resources/lessons/*.json; do seed l "lesson-${file##*/}" "$file"; done
  for file in "$root"/tests/fuzz/requests/*; do
    case ${file##*/} in
      request*) seed q "${file##*/}" "$file" ;;
      run*) seed k "${file##*/}" "$file" && seed R "report-${file##*/}" "$file" ;;
      queue*) seed j "${file##*/}" "$file" ;;
      index*) seed i "${file##*/}" "$file" ;;
      *.p2l) seed z "${file##*/}" "$file" ;;
    esac
  done
  printf 'c%s' '{"a.png":{"x":"a cat","y":"a blurred animal"},"b.png":"a dog"}' >"$corpus/captions"
  seed_tensor e embedding C '[1,2,1]'
  seed_tensor e inversion emb_params '[1,2]'
  printf 'bYWJjZA==' >"$corpus/base64"
  printf 'x640x480+100+50' >"$corpus/crop"
}
