// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <variant>
#include <vector>

namespace p2l {

enum class ParamKind { Real, Integer, Choice, Flag, Text, Path };
enum class ParamScale { Linear, Logarithmic };

/// The value of one parameter: a number (Real, Integer; Flag as 0 or 1), the name of a choice, or a text (Text; Path:
/// the name of a file or folder).
using ParamValue = std::variant<double, std::string>;
/// Values by ParamSpec::key. Keys that are missing take the default.
using ParamValues = std::map<std::string, ParamValue>;

/// One parameter, declared once: the panel, the command line's help, the JSON check and the tests all read it.
struct ParamSpec {
  std::string key;     ///< name in JSON and in `--set key=value`
  std::string symbol;  ///< the paper's symbol, UTF-8 ("γ"); may be empty
  std::string label;   ///< a few words for the panel
  std::string help;    ///< formula, and what more or less of it does
  ParamKind kind = ParamKind::Real;
  double minimum = 0.0;         ///< Real, Integer
  double maximum = 1.0;         ///< Real, Integer
  double default_number = 0.0;  ///< Real, Integer, Flag
  ParamScale scale = ParamScale::Linear;
  std::vector<std::string> choices;        ///< Choice: the allowed names, the default first
  std::vector<std::string> choice_labels;  ///< Choice: what a person reads in their place; empty: the names
  std::string default_text;                ///< Text, Path
  std::string argument;                    ///< Text, Path: what the command line calls the value, "FOLDER"
  std::string unit;                        ///< e.g. "px"; may be empty
  bool advanced = false;                   ///< folded away at first
  double step = 0.0;                       ///< Real: what a slider moves by; 0: by what the range suggests
};

/// Makers, so that a declaration reads as one row.
ParamSpec realParam(std::string key, std::string symbol, std::string label, double minimum, double maximum,
                    double default_number, std::string help, ParamScale scale = ParamScale::Linear);
ParamSpec integerParam(std::string key, std::string symbol, std::string label, int minimum, int maximum,
                       int default_number, std::string help);
ParamSpec choiceParam(std::string key, std::string label, std::vector<std::string> choices, std::string help);
/// A choice whose names are ids: the panel shows `labels`, one for each name. @throws Error on another number of labels
ParamSpec labelled(ParamSpec choice, std::vector<std::string> labels);
ParamSpec flagParam(std::string key, std::string label, bool default_value, std::string help);
ParamSpec textParam(std::string key, std::string label, std::string argument, std::string default_text,
                    std::string help);
/// Empty: none.
ParamSpec pathParam(std::string key, std::string label, std::string argument, std::string help);
ParamSpec advanced(ParamSpec spec);

/// The spec's default as a value.
ParamValue defaultValue(const ParamSpec& spec);
/// The text of a value ("3", "0.1", "proximal"), as `--set` takes it; shortest form that reads back equal.
std::string textFromValue(const ParamValue& value);
/// Reads `text` as a value of the spec.
/// @throws Error naming the key, its range or choices and what was found.
ParamValue valueFromText(const ParamSpec& spec, const std::string& text);
/// @throws Error naming the key, the range or choices, and the value found. `owner` is e.g. "solver p2l".
void checkValue(const ParamSpec& spec, const ParamValue& value, const std::string& owner);
/// Checks every value against its spec and adds the defaults of missing keys.
/// @throws Error on an unknown key (with the known ones) or a value out of range.
ParamValues completeValues(const std::vector<ParamSpec>& specs, const ParamValues& values, const std::string& owner);
/// The spec of that key, or null.
const ParamSpec* findSpec(const std::vector<ParamSpec>& specs, const std::string& key);
/// The spec of that key. @throws Error with the known keys
const ParamSpec& specOf(const std::vector<ParamSpec>& specs, const std::string& key, const std::string& owner);
/// What a value may be: "a whole number from 0 to 20", "one of gd, adam", "on or off".
std::string rangeText(const ParamSpec& spec);

/// What a person reads for a choice: its label, else `name` itself.
const std::string& choiceLabel(const ParamSpec& spec, const std::string& name);

/// Reading completed values. @throws Error when the key is missing or of the other type.
double numberOf(const ParamValues& values, const std::string& key);
int integerOf(const ParamValues& values, const std::string& key);
bool flagOf(const ParamValues& values, const std::string& key);
/// The name of a choice, or a text.
const std::string& choiceOf(const ParamValues& values, const std::string& key);

}  // namespace p2l
