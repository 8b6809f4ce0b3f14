// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

#include <map>
#include <string>
#include <vector>

namespace p2l {

/// Photos to cut training crops from, in memory at 8 bit.
class PhotoSet {
 public:
  /// Photos larger than this are read at this size: crops are taken at several scales anyway.
  static constexpr int kLargestSide = 1024;

  /// @param files pictures; those that cannot be read or are smaller than `smallest_side` are left out and told of
  /// @param weights how often the photos of a folder are taken, by a part of their path; 1 where none fits
  /// @throws Error when none is left
  PhotoSet(const std::vector<std::string>& files, int smallest_side, const std::map<std::string, double>& weights);

  std::size_t size() const { return photos_.size(); }
  const std::vector<std::string>& leftOut() const { return left_out_; }  ///< a sentence each
  /// SHA-256 of the photos' files and weights in their order. Names and folders do not count.
  const std::string& digest() const { return digest_; }
  /// [1, 3, H, W] in [-1, 1]
  at::Tensor photo(std::size_t index) const;

  /// [count, 3, side, side] in [-1, 1]: photos in proportion to their pixels and weights, at scales from 1 to 1/4,
  /// half of them mirrored.
  at::Tensor crops(int count, int side, at::Generator& generator) const;

 private:
  at::Tensor crop(int side, at::Generator& generator) const;

  std::vector<at::Tensor> photos_;  // [3, H, W], uint8
  std::vector<double> up_to_;       // sums of the photos' shares
  std::vector<std::string> left_out_;
  std::string digest_;
};

}  // namespace p2l
