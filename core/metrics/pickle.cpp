// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/pickle.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include "core/types/error.h"

namespace p2l {
namespace {

using Kind = PickleValue::Kind;

constexpr std::size_t kMostValues = 1'000'000;  // a state_dict has thousands

std::string hexOf(std::uint8_t byte) {
  std::array<char, 8> text{};
  std::snprintf(text.data(), text.size(), "0x%02x", byte);
  return text.data();
}

}  // namespace

PickleReader::PickleReader(std::string name, std::string_view bytes, std::set<std::string> globals)
    : name_(std::move(name)), bytes_(bytes), globals_(std::move(globals)) {}

void PickleReader::refuse(const std::string& what) const {
  throw Error(concat(name_, " is not the pickle of plain arrays that was expected: ", what, " at byte ", at_, "."));
}

const PickleValue& PickleReader::read() {
  constexpr std::uint8_t kStop = '.';
  stack_.clear();
  memo_.clear();
  while (true) {
    const auto opcode = static_cast<std::uint8_t>(takeNumber(1));
    if (opcode == kStop) break;
    step(opcode);
  }
  const auto* value = pop();
  if (!stack_.empty()) refuse("values are left over");
  return *value;
}

void PickleReader::step(std::uint8_t opcode) {
  switch (opcode) {
    case 0x80: {  // PROTO
      const auto protocol = takeNumber(1);
      if (protocol < 2 || protocol > 3) refuse(concat("protocol ", protocol));
      return;
    }
    case '(':  // MARK
      stack_.push_back(nullptr);
      return;
    case 'N':
      push(make(Kind::None));
      return;
    case 0x88:  // NEWTRUE
    case 0x89:  // NEWFALSE
      push(make(Kind::Bool))->number = opcode == 0x88;
      return;
    case 'K':  // BININT1
      return pushNumber(1, false);
    case 'M':  // BININT2
      return pushNumber(2, false);
    case 'J':  // BININT
      return pushNumber(4, true);
    case 0x8a:  // LONG1
      return pushLong();
    case 'X':  // BINUNICODE
      push(make(Kind::Text))->text = take(takeNumber(4));
      return;
    case 'U':  // SHORT_BINSTRING
      push(make(Kind::Text))->text = take(takeNumber(1));
      return;
    case 'B':  // BINBYTES
      push(make(Kind::Bytes))->text = take(takeNumber(4));
      return;
    case 'C':  // SHORT_BINBYTES
      push(make(Kind::Bytes))->text = take(takeNumber(1));
      return;
    case '}':
      push(make(Kind::Dict));
      return;
    case ']':
      push(make(Kind::List));
      return;
    case ')':
      push(make(Kind::Tuple));
      return;
    case 't':  // TUPLE
    case 0x85:
    case 0x86:
    case 0x87: {
      auto items = opcode == 't' ? popToMark() : popMany(opcode - 0x84);
      push(make(Kind::Tuple))->items = std::move(items);
      return;
    }
    case 'a':  // APPEND
      return extendList({pop()});
    case 'e':  // APPENDS
      return extendList(popToMark());
    case 's':  // SETITEM
      return extendDict(popMany(2));
    case 'u':  // SETITEMS
      return extendDict(popToMark());
    case 'q':  // BINPUT
    case 'r': {
      const auto place = takeNumber(opcode == 'q' ? 1 : 4);
      if (place > memo_.size() + kMostValues || place > kMostValues) refuse(concat("memo ", place));
      if (memo_.size() <= place) memo_.resize(place + 1);
      memo_[place] = top();
      return;
    }
    case 'h':  // BINGET
    case 'j': {
      const auto place = takeNumber(opcode == 'h' ? 1 : 4);
      if (place >= memo_.size() || !memo_[place]) refuse(concat("memo ", place, " that was not set"));
      push(memo_[place]);
      return;
    }
    case 'c':
      return pushGlobal();
    case 'R':
      return pushCall();
    case 'b':
      return setState();
    case 'Q': {  // BINPERSID
      auto* identification = pop();
      push(make(Kind::Persistent))->items = {identification};
      return;
    }
    default:
      refuse(concat("the opcode ", hexOf(opcode)));
  }
}

void PickleReader::pushNumber(std::size_t bytes, bool is_signed) {
  const auto number = takeNumber(bytes);
  push(make(Kind::Int))->number =
      is_signed ? static_cast<std::int32_t>(static_cast<std::uint32_t>(number)) : static_cast<std::int64_t>(number);
}

void PickleReader::pushLong() {
  const auto digits = take(takeNumber(1));
  auto* value = push(make(Kind::Int));
  value->text = digits;
  if (digits.size() > sizeof value->number) return;
  std::uint64_t number = !digits.empty() && (digits.back() & 0x80) ? ~std::uint64_t{0} : 0;
  for (std::size_t i = digits.size(); i-- > 0;) number = (number << 8) | static_cast<std::uint8_t>(digits[i]);
  value->number = static_cast<std::int64_t>(number);
}

void PickleReader::pushGlobal() {
  const auto module = takeLine();
  const auto name = takeLine();
  auto full = concat(module, " ", name);
  if (!globals_.contains(full)) refuse(concat("the global \"", full.substr(0, 80), "\""));
  push(make(Kind::Global))->text = texts_.emplace_back(std::move(full));
}

void PickleReader::pushCall() {
  auto items = popMany(2);
  if (items[0]->kind != Kind::Global || items[1]->kind != Kind::Tuple) refuse("a call of what is no global");
  push(make(Kind::Call))->items = std::move(items);
}

void PickleReader::setState() {
  auto* state = pop();
  if (top()->kind != Kind::Call) refuse("a state of what takes none");
  top()->state = state;
}

void PickleReader::extendDict(const std::vector<Value*>& pairs) {
  auto* value = top();
  const bool dictionary = value->kind == Kind::Dict || value->kind == Kind::Call;
  if (pairs.size() % 2 != 0 || !dictionary) refuse("keys and values that fit no dictionary");
  auto& entries = value->kind == Kind::Dict ? value->items : value->entries;
  entries.insert(entries.end(), pairs.begin(), pairs.end());
}

void PickleReader::extendList(const std::vector<Value*>& items) {
  if (top()->kind != Kind::List) refuse("items without a list");
  top()->items.insert(top()->items.end(), items.begin(), items.end());
}

std::string_view PickleReader::take(std::size_t count) {
  if (count > bytes_.size() - at_) refuse(concat("the file ends ", count - (bytes_.size() - at_), " bytes early"));
  const auto part = bytes_.substr(at_, count);
  at_ += count;
  return part;
}

std::uint64_t PickleReader::takeNumber(std::size_t bytes) {
  const auto digits = take(bytes);
  std::uint64_t number = 0;
  for (std::size_t i = digits.size(); i-- > 0;) number = (number << 8) | static_cast<std::uint8_t>(digits[i]);
  return number;
}

std::string_view PickleReader::takeLine() {
  const auto end = bytes_.find('\n', at_);
  if (end == std::string_view::npos) refuse("a line without an end");
  const auto line = take(end - at_);
  ++at_;
  return line;
}

PickleValue* PickleReader::make(Kind kind) {
  if (values_.size() >= kMostValues) refuse("too many values");
  auto& value = values_.emplace_back();
  value.kind = kind;
  return &value;
}

PickleValue* PickleReader::push(Value* value) {
  stack_.push_back(value);
  return value;
}

PickleValue* PickleReader::top() {
  if (stack_.empty() || !stack_.back()) refuse("a value is missing");
  return stack_.back();
}

PickleValue* PickleReader::pop() {
  auto* value = top();
  stack_.pop_back();
  return value;
}

std::vector<PickleValue*> PickleReader::popMany(std::size_t count) {
  std::vector<Value*> items(count);
  for (std::size_t i = count; i-- > 0;) items[i] = pop();
  return items;
}

std::vector<PickleValue*> PickleReader::popToMark() {
  const auto mark = std::find(stack_.rbegin(), stack_.rend(), nullptr);
  if (mark == stack_.rend()) refuse("a mark is missing");
  std::vector<Value*> items(mark.base(), stack_.end());
  stack_.erase(mark.base() - 1, stack_.end());
  return items;
}

}  // namespace p2l
