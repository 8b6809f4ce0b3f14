// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace p2l {

/// A value of a pickle. Nothing of it has been called: what Python would call is a Call with its arguments.
struct PickleValue {
  enum class Kind { None, Bool, Int, Bytes, Text, Tuple, List, Dict, Global, Call, Persistent };

  Kind kind = Kind::None;
  std::int64_t number = 0;  ///< of Bool and Int
  std::string_view text;    ///< of Bytes, Text and Global ("module name"); an Int too long for number: its bytes
  /// Of Tuple and List; of Dict keys and values in turn; of Call the called and the tuple of arguments; of Persistent
  /// the identification.
  std::vector<PickleValue*> items;
  std::vector<PickleValue*> entries;  ///< of Call: keys and values in turn that Python would set in what it returns
  PickleValue* state = nullptr;       ///< that Python would set (BUILD); null: none
};

/// Reads pickles (protocols 2 and 3, docs.python.org/3/library/pickletools) as plain data. Only the opcodes that arrays
/// and state_dicts are made of are known, and only named globals; nothing is imported or run, whatever the file says.
class PickleReader {
 public:
  /// @param name of the file, for sentences @param bytes live as long as the values
  /// @param globals "module name" of what may be called in the file, though nothing is
  PickleReader(std::string name, std::string_view bytes, std::set<std::string> globals);

  /// The next pickle; a file may hold several. Values live as long as the reader.
  /// @throws Error naming the file, the place and the opcode or global that is not expected there
  const PickleValue& read();
  std::size_t position() const { return at_; }
  /// Bytes behind the pickles. @throws Error when there are not as many
  std::string_view take(std::size_t count);

  [[noreturn]] void refuse(const std::string& what) const;

 private:
  using Value = PickleValue;

  void step(std::uint8_t opcode);
  void pushNumber(std::size_t bytes, bool is_signed);
  void pushLong();
  void pushGlobal();
  void pushCall();
  void setState();
  void extendDict(const std::vector<Value*>& pairs);
  void extendList(const std::vector<Value*>& items);

  std::uint64_t takeNumber(std::size_t bytes);
  std::string_view takeLine();
  Value* make(Value::Kind kind);
  Value* push(Value* value);
  Value* pop();
  Value* top();
  std::vector<Value*> popMany(std::size_t count);
  std::vector<Value*> popToMark();

  std::string name_;
  std::string_view bytes_;
  std::set<std::string> globals_;
  std::size_t at_ = 0;
  std::deque<Value> values_;
  std::deque<std::string> texts_;  ///< that are not in the file as they are
  std::vector<Value*> stack_;      ///< a mark is null
  std::vector<Value*> memo_;
};

}  // namespace p2l
