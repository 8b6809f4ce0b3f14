// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/models/model_folder.h"
#include "core/types/error.h"
#include "core/weights/safetensors.h"
#include "tests/support/reference.h"

namespace p2l::test {

/// A folder of the test's own, removed with it.
class TemporaryFolder : public testing::Test {
 protected:
  void SetUp() override {
    const auto* info = testing::UnitTest::GetInstance()->current_test_info();
    auto name = std::string("p2l-") + info->test_suite_name() + "-" + info->name() + "-" + std::to_string(getpid());
    for (char& c : name) c = c == '/' ? '-' : c;
    folder_ = std::filesystem::temp_directory_path() / name;
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string write(const std::string& name, const std::string& bytes) const {
    const auto path = folder_ / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
    return path.string();
  }
  static void copyWritable(const std::filesystem::path& from, const std::filesystem::path& to) {
    std::filesystem::copy(from, to, std::filesystem::copy_options::recursive);
    for (const auto& entry : std::filesystem::recursive_directory_iterator(to)) {
      std::filesystem::permissions(entry.path(), std::filesystem::perms::owner_write,
                                   std::filesystem::perm_options::add);
    }
  }

  std::filesystem::path folder_;
};

/// The sentence of the Error that `action` throws; empty when it throws none.
inline std::string problemOf(const std::function<void()>& action) {
  try {
    action();
    return {};
  } catch (const Error& error) {
    return error.what();
  }
}

inline void expectParts(const std::string& text, const std::vector<std::string>& parts) {
  for (const auto& part : parts) EXPECT_NE(text.find(part), std::string::npos) << "wanted " << part << " in: " << text;
}

/// All tensors of a file, copied.
inline std::map<std::string, at::Tensor> tensorsIn(const std::string& path) {
  std::map<std::string, at::Tensor> tensors;
  const auto file = SafetensorsFile::open(path);
  for (const auto& [key, entry] : file->entries()) tensors[key] = file->tensor(key).clone();
  return tensors;
}

/// A copy of a small model folder, to be changed.
class ModelFolder : public TemporaryFolder {
 protected:
  void SetUp() override {
    TemporaryFolder::SetUp();
    std::filesystem::remove(folder_);
    copyWritable(modelFolder("sd1-mini"), folder_);
  }
  void rewrite(const std::string& relative,
               const std::function<void(std::map<std::string, at::Tensor>&)>& change) const {
    const auto path = (folder_ / relative).string();
    auto tensors = tensorsIn(path);
    change(tensors);
    writeSafetensors(path, tensors);
  }
  void replaceText(const std::string& relative, const std::string& from, const std::string& to) const {
    std::ifstream in(folder_ / relative);
    std::string text((std::istreambuf_iterator<char>(in)), {});
    ASSERT_NE(text.find(from), std::string::npos) << relative << " has no " << from;
    text.replace(text.find(from), from.size(), to);
    std::ofstream(folder_ / relative) << text;
  }
  std::string problem(const ModelOptions& options = {}) const {
    return problemOf([&] { loadModel(folder_.string(), at::kCPU, options); });
  }
  void expectProblem(const std::vector<std::string>& parts) const { expectParts(problem(), parts); }

  const std::string unet_ = "unet/diffusion_pytorch_model.safetensors";
};

}  // namespace p2l::test
