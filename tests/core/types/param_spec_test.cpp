// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/types/param_spec.h"

#include <gtest/gtest.h>

#include <clocale>
#include <functional>
#include <limits>

#include "core/types/error.h"
#include "tests/support/temporary_folder.h"

namespace p2l {
namespace {

const std::vector<ParamSpec> kSpecs = {
    integerParam("K", "K", "Prompt steps", 0, 20, 3, "help"),
    realParam("rho", "ρ", "Data step", 0.0, 100.0, 1.0, "help", ParamScale::Logarithmic),
    choiceParam("z_update", "Update", {"gd", "adam"}, "help"),
    flagParam("adam_reset", "Reset", true, "help"),
};

TEST(ParamSpec, TextAndValueAreInverse) {
  for (const double number : {0.0, 3.0, -7.0, 0.1, 1e-4, 5e-5, 1.0 / 3.0, 1e20, 123456789.0, -2.5e-7,
                              std::numeric_limits<double>::denorm_min(), std::numeric_limits<double>::max()}) {
    const auto spec =
        realParam("x", "", "", std::numeric_limits<double>::lowest(), std::numeric_limits<double>::max(), 0.0, "");
    EXPECT_EQ(std::get<double>(valueFromText(spec, textFromValue(number))), number) << textFromValue(number);
  }
  EXPECT_EQ(textFromValue(3.0), "3");
  EXPECT_EQ(textFromValue(100000.0), "100000");
  EXPECT_EQ(textFromValue(0.1), "0.1");
  EXPECT_EQ(textFromValue(1e-4), "1e-4");
  EXPECT_EQ(textFromValue(std::string("adam")), "adam");
}

TEST(ParamSpec, TextIsReadWhateverTheLocale) {
  const char* german = std::setlocale(LC_NUMERIC, "de_DE.UTF-8");
  EXPECT_EQ(std::get<double>(valueFromText(kSpecs[1], "0.5")), 0.5);
  EXPECT_EQ(textFromValue(0.5), "0.5");
  if (german) std::setlocale(LC_NUMERIC, "C");
}

TEST(ParamSpec, ErrorsNameKeyRangeAndWhatWasFound) {
  EXPECT_EQ(test::problemOf([] { valueFromText(kSpecs[0], "21"); }),
            "K must be a whole number from 0 to 20, found 21.");
  EXPECT_EQ(test::problemOf([] { valueFromText(kSpecs[0], "2.5"); }),
            "K must be a whole number from 0 to 20, found 2.5.");
  EXPECT_EQ(test::problemOf([] { valueFromText(kSpecs[0], ""); }),
            "K must be a whole number from 0 to 20, found nothing.");
  EXPECT_EQ(test::problemOf([] { valueFromText(kSpecs[1], "much"); }),
            "rho must be a number from 0 to 100, found much.");
  EXPECT_EQ(test::problemOf([] { valueFromText(kSpecs[1], "1x"); }), "rho must be a number from 0 to 100, found 1x.");
  EXPECT_EQ(test::problemOf([] { valueFromText(kSpecs[1], "nan"); }), "rho must be a number from 0 to 100, found nan.");
  EXPECT_EQ(test::problemOf([] { valueFromText(kSpecs[1], "1e999"); }),
            "rho must be a number from 0 to 100, found 1e999.");
  EXPECT_EQ(test::problemOf([] { valueFromText(kSpecs[2], "sgd"); }), "z_update must be one of gd, adam, found sgd.");
  EXPECT_EQ(test::problemOf([] { valueFromText(kSpecs[3], "maybe"); }), "adam_reset must be on or off, found maybe.");
  EXPECT_EQ(test::problemOf([] {
              completeValues(kSpecs, {{"rho", -1.0}}, "solver p2l");
            }),
            "solver p2l: rho must be a number from 0 to 100, found -1.");
  EXPECT_EQ(test::problemOf([] {
              completeValues(kSpecs, {{"Rho", 1.0}}, "solver p2l");
            }),
            "solver p2l has no parameter Rho; it has K, rho, z_update, adam_reset.");
  EXPECT_EQ(test::problemOf([] {
              completeValues({}, {{"rho", 1.0}}, "task x");
            }),
            "task x has no parameters, found rho.");
  EXPECT_EQ(test::problemOf([] {
              completeValues(kSpecs, {{"z_update", 1.0}}, "solver p2l");
            }),
            "solver p2l: z_update must be one of gd, adam, found 1.");
  EXPECT_EQ(test::problemOf([] {
              completeValues(kSpecs, {{"K", std::string("3")}}, "solver p2l");
            }),
            "solver p2l: K must be a whole number from 0 to 20, found 3.");
}

TEST(ParamSpec, FlagsHaveManyNames) {
  for (const char* on : {"on", "true", "yes", "1"}) EXPECT_EQ(std::get<double>(valueFromText(kSpecs[3], on)), 1.0);
  for (const char* off : {"off", "false", "no", "0"}) EXPECT_EQ(std::get<double>(valueFromText(kSpecs[3], off)), 0.0);
}

TEST(ParamSpec, IdsHaveLabelsAndNamesAreTheirOwn) {
  const auto spec =
      labelled(choiceParam("rho_schedule", "Schedule", {"constant", "abar"}, "help"), {"constant", "ρ ᾱ_t"});
  EXPECT_EQ(choiceLabel(spec, "abar"), "ρ ᾱ_t");
  EXPECT_EQ(choiceLabel(spec, "of a later version"), "of a later version");
  EXPECT_EQ(choiceLabel(choiceParam("place", "Place", {"centre", "random"}, "help"), "random"), "random");
  EXPECT_THROW(labelled(choiceParam("place", "Place", {"centre", "random"}, "help"), {"one"}), Error);
}

TEST(ParamSpec, CompletionAddsDefaultsAndKeepsTheRest) {
  const auto values = completeValues(kSpecs, {{"K", 5.0}}, "solver p2l");
  EXPECT_EQ(values.size(), kSpecs.size());
  EXPECT_EQ(integerOf(values, "K"), 5);
  EXPECT_EQ(numberOf(values, "rho"), 1.0);
  EXPECT_EQ(choiceOf(values, "z_update"), "gd");
  EXPECT_TRUE(flagOf(values, "adam_reset"));
}

TEST(ParamSpec, ReadingChecksTheType) {
  const ParamValues values = {{"a", 1.5}, {"b", std::string("name")}};
  EXPECT_THROW(numberOf(values, "c"), Error);
  EXPECT_THROW(numberOf(values, "b"), Error);
  EXPECT_THROW(integerOf(values, "a"), Error);
  EXPECT_THROW(choiceOf(values, "a"), Error);
}

}  // namespace
}  // namespace p2l
