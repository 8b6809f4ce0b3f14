// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace p2l {

/// A JSON config file of a model folder, read with clear errors: every message names the file and the field.
class JsonConfig {
 public:
  /// @throws Error when the file is missing, too large (> 64 MB) or no JSON object.
  explicit JsonConfig(const std::string& path);
  /// The object in `json`; `path` is what messages call it.
  JsonConfig(std::string path, const std::string& json);
  ~JsonConfig();
  JsonConfig(const JsonConfig&) = delete;
  JsonConfig& operator=(const JsonConfig&) = delete;

  const std::string& path() const { return path_; }
  /// True when the field is there and not null.
  bool has(const std::string& field) const;
  /// True when the field is there and null.
  bool isNull(const std::string& field) const;

  /// The field, or the fallback when it is missing or null. @throws Error when it has another type.
  std::string text(const std::string& field, const std::string& fallback) const;
  std::int64_t integer(const std::string& field, std::int64_t fallback) const;
  double number(const std::string& field, double fallback) const;
  bool flag(const std::string& field, bool fallback) const;
  /// A list of integers; a single integer stands for `count` equal ones.
  std::vector<std::int64_t> integers(const std::string& field, std::size_t count, std::int64_t fallback) const;
  /// The value as JSON on one line; long ones are cut short.
  std::string shown(const std::string& field) const;
  /// The list of integers, numbers or texts, which must be there. @throws Error
  std::vector<std::int64_t> integerList(const std::string& field) const;
  std::vector<double> numberList(const std::string& field) const;
  std::vector<std::string> textList(const std::string& field) const;
  /// An object whose fields are texts, which must be there. @throws Error
  std::map<std::string, std::string> textMap(const std::string& field) const;

  /// @throws Error naming the file and the field: "`field` is `found`; expected `expected`".
  [[noreturn]] void refuse(const std::string& field, const std::string& expected) const;
  /// Refuses unless the field is missing, null or equal to the text/flag.
  void expectText(const std::string& field, const std::string& value) const;
  void expectFlag(const std::string& field, bool value) const;
  void expectAbsent(const std::string& field) const;
  /// The integer in [minimum, maximum]. @throws Error
  std::int64_t integerIn(const std::string& field, std::int64_t fallback, std::int64_t minimum,
                         std::int64_t maximum) const;

 private:
  struct Data;
  std::string path_;
  std::unique_ptr<Data> data_;
};

}  // namespace p2l
