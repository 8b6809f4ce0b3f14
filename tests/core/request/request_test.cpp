// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/request/request.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>

#include "core/api/catalogue.h"
#include "core/request/report.h"
#include "core/types/error.h"
#include "tests/support/temporary_folder.h"

namespace p2l {
namespace {

using Json = nlohmann::json;

RestoreRequest everyFieldSet() {
  RestoreRequest request;
  request.photo = "Föhn \"1\".png";
  request.mode = Mode::Restore;
  request.crop = "320x300+10+20";
  request.size = 256;
  request.degradation().id = "inpaint";
  request.degradation().values = {{"area", 0.1}, {"kind", std::string("free")}};
  request.degradations.push_back({"sr", {{"factor", 2.0}}, {}, {}, false});
  request.degradation().mask = "mask.png";
  request.degradation().kernel = "kernel.png";
  request.degradation().kernel_turned = true;
  request.noise = 0.05;
  request.preset = "tiny-inpaint";
  request.solver = "ldps";
  request.solver_values = {{"rho", 1.0 / 3.0}, {"lr", 1e-4}, {"K", 3.0}, {"z_update", std::string("adam")}};
  request.sampler_values = {{"steps", 50.0}};
  request.prompt = "a cat 🐈\nline two";
  request.embedding = "tuned.safetensors";
  request.seed = 18446744073709551615u;
  request.measurement_seed = 9007199254740993u;  // not a double
  request.model = "other";
  request.model_options = {"taesd", "clip", "v_prediction", "bf16", true,     true,
                           3,       true,   "one;two=0.5",  0.75,   "digest", "tiny"};
  request.device = "cuda:1";
  request.memory = "8G";
  return request;
}

TEST(Request, JsonKeepsEveryField) {
  const auto request = everyFieldSet();
  const auto read = requestFromJson(jsonFromRequest(request));
  EXPECT_EQ(read.photo, request.photo);
  EXPECT_EQ(read.mode, request.mode);
  EXPECT_EQ(read.size, request.size);
  EXPECT_EQ(read.degradation().id, request.degradation().id);
  EXPECT_EQ(read.degradation().values, request.degradation().values);
  EXPECT_EQ(read.degradations, request.degradations);
  EXPECT_EQ(read.embedding, request.embedding);
  EXPECT_EQ(read.degradation().mask, request.degradation().mask);
  EXPECT_EQ(read.degradation().kernel, request.degradation().kernel);
  EXPECT_EQ(read.degradation().kernel_turned, request.degradation().kernel_turned);
  EXPECT_EQ(read.noise, request.noise);
  EXPECT_EQ(read.preset, request.preset);
  EXPECT_EQ(read.solver, request.solver);
  EXPECT_EQ(read.solver_values, request.solver_values);
  EXPECT_EQ(read.sampler_values, request.sampler_values);
  EXPECT_EQ(read.prompt, request.prompt);
  EXPECT_EQ(read.seed, request.seed);
  EXPECT_EQ(read.measurement_seed, request.measurement_seed);
  EXPECT_EQ(read.model, request.model);
  EXPECT_EQ(read.model_options, request.model_options);
  EXPECT_EQ(runValuesOf(read), runValuesOf(request));
  EXPECT_EQ(jsonFromRequest(read), jsonFromRequest(request));
}

/// Names of files are bytes: those that are no UTF-8 come back as they were.
TEST(Request, NamesThatAreNotUtf8SurviveJson) {
  auto request = everyFieldSet();
  request.photo = "caf\xe9 100%.png";
  request.degradation().mask = "\xff\xfe/\"m\".png";
  request.degradation().kernel = "50%25.png";
  request.model = "/models/\xe9";
  request.model_options.vae = "v\x80";
  const auto json = jsonFromRequest(request);
  EXPECT_EQ(Json::parse(json)["photo"], Json({{"percent_encoded", "caf%E9 100%25.png"}}));
  EXPECT_EQ(Json::parse(json)["degradations"][0]["kernel"], "50%25.png") << "a text stays a text";
  const auto read = requestFromJson(json);
  EXPECT_EQ(read.photo, request.photo);
  EXPECT_EQ(read.degradation().mask, request.degradation().mask);
  EXPECT_EQ(read.degradation().kernel, request.degradation().kernel);
  EXPECT_EQ(read.model, request.model);
  EXPECT_EQ(read.model_options.vae, request.model_options.vae);
  for (const char* bad : {R"({"photo": {"percent_encoded": "a%4"}})", R"({"photo": {"percent_encoded": "%zz"}})",
                          R"({"photo": {"percent_encoded": 3}})", R"({"photo": {"other": "a"}})"}) {
    EXPECT_NE(test::problemOf([&] { requestFromJson(bad); }).find("field photo must be a text"), std::string::npos)
        << bad;
  }
}

TEST(Request, MissingFieldsTakeDefaults) {
  EXPECT_EQ(jsonFromRequest(requestFromJson("{}")), jsonFromRequest(RestoreRequest()));
  EXPECT_FALSE(requestFromJson(R"({"measurement_seed": null})").measurement_seed.has_value());
  EXPECT_EQ(requestFromJson(R"({"seed": -0})").seed, 0u);
}

TEST(Request, ErrorsNameTheField) {
  const std::pair<const char*, const char*> cases[] = {
      {R"({"steps": 3})", "unknown field steps"},
      {R"({"photo": 3})", "field photo must be a text, found 3"},
      {R"({"mode": "dream"})", "field mode must be demonstrate or restore, found \"dream\""},
      {R"({"size": -1})", "field size"},
      {R"({"size": 2.5})", "field size"},
      {R"({"noise": "0.1"})", "field noise must be a number or an object with id and values, found \"0.1\""},
      {R"({"noise": null})", "field noise must be a number or an object with id and values, found null"},
      {R"({"seed": -1})", "field seed must be a whole number from 0 to 18446744073709551615, found -1"},
      {R"({"seed": 1.5})", "field seed"},
      {R"({"seed": 18446744073709551616})", "field seed"},
      {R"({"solver_values": [1]})", "field solver_values must be an object of parameters, found [1]"},
      {R"({"solver_values": {"K": [3]}})", "field solver_values.K"},
      {R"({"solver_values": {"K": null}})", "field solver_values.K"},
      {R"({"p2l": 5})", "field p2l must be 1 to 4"},
      {R"({"degradations": []})", "field degradations must be a list of one degradation or more"},
      {R"({"degradations": [{"id": "sr", "blur": 1}]})", "unknown field degradations[0].blur"},
      {R"({"degradations": [{"id": "sr"}], "then": "sr"})", "leave those out"},
      {R"({"then_values": {"factor": 2}})", "no second task"},
      {R"({"precision": 3})", "field precision must be a text"},
      {R"({"encoder_refinements": 17})", "field encoder_refinements must be a whole number from 0 to 16"},
      {R"({"lora_scale": 5})", "field lora_scale must be a number from -4 to 4"},
      {R"({"lora_scale": "much"})", "field lora_scale must be a number from -4 to 4"},
      {R"({"kernel_turned": 1})", "field kernel_turned must be true or false, found 1"},
      {R"([])", "must be a JSON object, found a JSON array"},
      {"5", "must be a JSON object, found a JSON number"},
      {"{\"photo\": ", "not valid JSON: it is cut off after its 10 bytes"},
      {"{\"photo\": \"a", "not valid JSON: it is cut off after its 12 bytes"},
      {"{\"photo\"; 3}", "not valid JSON, at byte 9 of 12"},
      {"", "not valid JSON"},
      {"{\"seed\": 1e316}", "a number beyond what a double holds"},
      {"{\"photo\": \"\xff\"}", "not valid JSON"},
  };
  for (const auto& [json, expected] : cases) {
    const auto message = test::problemOf([&, text = json] { requestFromJson(text); });
    EXPECT_NE(message.find(expected), std::string::npos) << json << " -> " << message;
  }
}

TEST(Request, BytesThatAreNotUtf8DoNotLoseTheRequest) {
  RestoreRequest request;
  request.photo = "caf\xe9.png";
  request.seed = 7;
  EXPECT_EQ(requestFromJson(jsonFromRequest(request)).seed, 7u);
}

Catalogue smallCatalogue() {
  Catalogue catalogue;
  DegradationInfo sr;
  sr.id = "sr";
  sr.parameters = {integerParam("factor", "s", "Factor", 2, 16, 4, "")};
  DegradationInfo inpaint;
  inpaint.id = "inpaint";
  inpaint.takes_mask = true;
  DegradationInfo tone;
  tone.id = "tone";
  tone.linear = false;
  catalogue.degradations = {sr, inpaint, tone};
  NoiseInfo gaussian;
  gaussian.id = "gaussian";
  gaussian.parameters = {realParam("sigma", "σ", "Noise", 0, 2, 0.01, "")};
  NoiseInfo none;
  none.id = "none";
  catalogue.noises = {gaussian, none};
  SolverInfo p2l;
  p2l.id = "p2l";
  p2l.needs_linear = true;
  p2l.parameters = {integerParam("K", "K", "", 0, 20, 3, ""), realParam("rho", "ρ", "", 0, 100, 1, "")};
  SolverInfo ldps;
  ldps.id = "ldps";
  ldps.parameters = {realParam("rho", "ρ", "", 0, 100, 1, "")};
  catalogue.solvers = {p2l, ldps};
  catalogue.sampler = {integerParam("steps", "N", "Steps", 1, 1000, 100, "")};
  Preset preset;
  preset.id = "tiny-sr";
  preset.model = "p2l-tiny";
  preset.degradation = "sr";
  preset.solver = "p2l";
  preset.solver_values = {{"K", 1.0}, {"rho", 0.3}};
  preset.sampler_values = {{"steps", 50.0}};
  preset.is_default = true;
  auto paper = preset;
  paper.id = "paper-sr";
  paper.model.clear();
  paper.solver_values = {{"K", 5.0}};
  paper.sampler_values = {{"steps", 1000.0}};
  catalogue.presets = {paper, preset};
  ModelInfo model;
  model.name = "p2l-tiny";
  model.folder = "/somewhere/tiny";
  catalogue.models = {model};
  return catalogue;
}

TEST(Catalogue, CompletionTakesRequestThenPresetThenDefaults) {
  RestoreRequest request;
  request.solver_values = {{"K", 7.0}};
  const auto complete = smallCatalogue().complete(request);
  EXPECT_EQ(integerOf(complete.solver_values, "K"), 7);
  EXPECT_EQ(numberOf(complete.solver_values, "rho"), 0.3);
  EXPECT_EQ(integerOf(complete.sampler_values, "steps"), 50);
  EXPECT_EQ(integerOf(complete.degradation().values, "factor"), 4);

  request.model = "/somewhere/tiny/";
  EXPECT_EQ(numberOf(smallCatalogue().complete(request).solver_values, "rho"), 0.3);
  request.model = "/elsewhere/stable-diffusion";
  EXPECT_EQ(integerOf(smallCatalogue().complete(request).sampler_values, "steps"), 1000);
  EXPECT_EQ(numberOf(smallCatalogue().complete(request).solver_values, "rho"), 1.0);
  request.degradation().id = "inpaint";
  EXPECT_EQ(integerOf(smallCatalogue().complete(request).sampler_values, "steps"), 100);
}

TEST(Catalogue, CompletionRefusesWhatCannotBe) {
  const auto catalogue = smallCatalogue();
  const auto refusal = [&](const std::function<void(RestoreRequest&)>& change) {
    RestoreRequest request;
    change(request);
    return test::problemOf([&] { catalogue.complete(request); });
  };
  EXPECT_EQ(refusal([](auto& r) { r.degradation().id = "fog"; }),
            "There is no task \"fog\"; there are: sr, inpaint, tone.");
  EXPECT_EQ(refusal([](auto& r) { r.solver = "dps"; }), "There is no solver \"dps\"; there are: p2l, ldps.");
  EXPECT_EQ(refusal([](auto& r) { r.degradation().id = "tone"; }),
            "The solver p2l needs a linear task, and tone is not linear: choose another solver.");
  EXPECT_EQ(refusal([](auto& r) { r.degradation().id = "tone", r.solver = "ldps"; }), "");
  EXPECT_EQ(refusal([](auto& r) {
              r.degradations.push_back({"tone", {}, {}, {}, false});
            }),
            "The solver p2l needs a linear task, and tone is not linear: choose another solver.");
  EXPECT_EQ(refusal([](auto& r) { r.degradations.push_back({"sr", {}, {}, {}, false}); }), "");
  EXPECT_EQ(refusal([](auto& r) {
              r.degradations.push_back({"fog", {}, {}, {}, false});
            }),
            "There is no task \"fog\"; there are: sr, inpaint, tone.");
  EXPECT_EQ(refusal([](auto& r) {
              r.degradations.push_back({"sr", {{"factor", 1.0}}, {}, {}, false});
            }),
            "task sr: factor must be a whole number from 2 to 16, found 1.");
  EXPECT_EQ(refusal([](auto& r) { r.noise.id = "fog"; }), "There is no noise \"fog\"; there are: gaussian, none.");
  EXPECT_NE(refusal([](auto& r) { r.noise.id = "none"; }).find("noise none has no parameters"), std::string::npos);
  EXPECT_NE(refusal([](auto& r) { r.model_options.prediction = "noise"; }).find("epsilon, v_prediction"),
            std::string::npos);
  EXPECT_NE(refusal([](auto& r) { r.memory = "much"; }).find("much"), std::string::npos);
  EXPECT_EQ(refusal([](auto& r) { r.degradations.push_back({"inpaint", {}, "m.png", {}, false}); }), "");
  EXPECT_NE(refusal([](auto& r) { r.prompt = "a cat", r.embedding = "C.safetensors"; }).find("found both"),
            std::string::npos);
  EXPECT_EQ(refusal([](auto& r) { r.degradation().mask = "m.png"; }), "The task sr takes no mask, found m.png.");
  EXPECT_EQ(refusal([](auto& r) { r.degradation().kernel = "k.png"; }), "The task sr takes no kernel, found k.png.");
  EXPECT_EQ(refusal([](auto& r) { r.solver_values["gamma"] = 3.0; }),
            "solver p2l has no parameter gamma; it has K, rho.");
  EXPECT_EQ(refusal([](auto& r) { r.degradation().values["factor"] = 1.0; }),
            "task sr: factor must be a whole number from 2 to 16, found 1.");
  EXPECT_EQ(refusal([](auto& r) { r.sampler_values["steps"] = 0.0; }),
            "sampler: steps must be a whole number from 1 to 1000, found 0.");
  for (const double noise : {-0.1, 3.0, std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_NE(refusal([&](auto& r) { r.noise = noise; }).find("noise"), std::string::npos);
  }
  for (const int size : {-5, 1, 15, 100000}) {
    EXPECT_NE(refusal([&](auto& r) { r.size = size; }).find("size"), std::string::npos);
  }
  for (const char* device : {"", "gpu", "cuda", "cuda:", "cuda:x", "cuda:-1", "cuda:1x"}) {
    EXPECT_NE(refusal([&](auto& r) { r.device = device; }).find("device"), std::string::npos) << device;
  }
  for (const char* device : {"auto", "cpu", "cuda:0", "cuda:12"}) {
    EXPECT_EQ(refusal([&](auto& r) { r.device = device; }), "");
  }
}

TEST(Catalogue, CompletionFillsEveryTask) {
  RestoreRequest request;
  request.degradation().id = "inpaint";
  request.degradations.push_back({"sr", {}, {}, {}, false});
  request.degradations.push_back({"sr", {{"factor", 2.0}}, {}, {}, false});
  const auto complete = smallCatalogue().complete(request);
  EXPECT_EQ(integerOf(complete.degradations[1].values, "factor"), 4);
  EXPECT_EQ(integerOf(complete.degradations[2].values, "factor"), 2);
}

TEST(Report, JsonHasEveryFieldAndNullForUnknown) {
  RunReport report;
  report.metrics = {{"psnr", 25.5}, {"ssim", kUnknown}};
  report.residual = 0.25;
  StepReport step;
  step.step = 1;
  step.timestep = 981;
  step.residual = 3.5;
  report.steps = {step};
  report.request = everyFieldSet();
  report.model.name = "p2l-tiny";
  report.model.sha256 = "abc";
  report.versions = {{"torch", "2.0"}};
  const auto json = Json::parse(jsonFromReport(report));
  for (const char* field :
       {"psnr", "ssim", "psnr_measurement", "psnr_autoencoder", "residual", "noise_level", "seconds", "peak_memory_mb",
        "peak_device_memory_mb", "steps", "request", "model", "versions"}) {
    EXPECT_TRUE(json.contains(field)) << field;
  }
  EXPECT_EQ(json["psnr"], 25.5);
  EXPECT_TRUE(json["ssim"].is_null());
  EXPECT_TRUE(json["peak_device_memory_mb"].is_null());
  for (const char* field : {"step", "t", "residual", "psnr", "prompt_drift", "gradient_norm", "seconds", "projected",
                            "residual_projected"}) {
    EXPECT_TRUE(json["steps"][0].contains(field)) << field;
  }
  EXPECT_EQ(json["steps"][0]["t"], 981);
  EXPECT_TRUE(json["steps"][0]["psnr"].is_null());
  EXPECT_EQ(json["model"]["sha256"], "abc");
  EXPECT_EQ(json["versions"]["torch"], "2.0");
  EXPECT_EQ(jsonFromRequest(requestFromJson(json["request"].dump())), jsonFromRequest(report.request));
}

TEST(Request, WhatMadeAPictureStandsBesideItsRequest) {
  RunReport report;
  report.request.seed = 17;
  EXPECT_EQ(jsonForPicture(report.request, report), jsonFromRequest(report.request));  // nothing is known
  report.versions["p2l"] = "1.2.3";
  report.model.sha256 = "0123abcd";
  const auto text = jsonForPicture(report.request, report);
  const auto json = Json::parse(text);
  EXPECT_EQ(json.at("made_by").at("p2l"), "1.2.3");
  EXPECT_EQ(json.at("made_by").at("model_sha256"), "0123abcd");
  EXPECT_EQ(jsonFromRequest(requestFromJson(text)), jsonFromRequest(report.request));
}

TEST(Request, WhatAPresetSaysIsLeftOpenWhereTheJsonDoesNot) {
  const auto open = requestFromJson(R"({"preset": "a"})");
  EXPECT_EQ(open.degradation().id + open.solver + open.model, "");
  const auto stated = requestFromJson(R"({"preset": "a", "model": "m", "solver": "ldps", "degradation": "inpaint"})");
  EXPECT_EQ(stated.degradation().id + stated.solver + stated.model, "inpaintldpsm");
  EXPECT_EQ(requestFromJson(R"({"preset": ""})").model, "p2l-tiny");
}

// Up to format 3 there were one or two, and one mask and kernel for the first that takes them.
TEST(Request, FormatThreeIsReadAsItWasRun) {
  const auto read = requestFromJson(R"({"p2l": 3, "degradation": "sr", "degradation_values": {"factor": 2},
      "then": "inpaint", "then_values": {"area": 0.1}, "mask": "m.png", "noise": 0.25})");
  ASSERT_EQ(read.degradations.size(), 2u);
  EXPECT_EQ(read.degradations[0], (DegradationChoice{"sr", {{"factor", 2.0}}, {}, {}, false}));
  EXPECT_EQ(read.degradations[1], (DegradationChoice{"inpaint", {{"area", 0.1}}, "m.png", {}, false}));
  EXPECT_EQ(read.noise, NoiseChoice(0.25));
  const auto blurred = requestFromJson(
      R"({"p2l": 3, "degradation": "inpaint", "then": "motion-blur", "kernel": "k.png", "mask": "m.png"})");
  EXPECT_EQ(blurred.degradations[0].mask, "m.png");
  EXPECT_EQ(blurred.degradations[1].kernel, "k.png");
  EXPECT_EQ(requestFromJson(R"({"noise": {"id": "poisson", "values": {"peak": 30}}})").noise.id, "poisson");
}

/// A row of an options' list is a member, a field of the JSON and a parameter, each by its own name.
TEST(Options, ARowIsAMemberAFieldAndAParameter) {
  const auto json = Json::parse(jsonFromRequest(RestoreRequest()));
  for (const auto* rows : {&modelParameters(), &runParameters()}) {
    for (const auto& spec : *rows) {
      EXPECT_TRUE(json.contains(spec.key)) << spec.key;
      EXPECT_TRUE(!spec.label.empty() && !spec.help.empty()) << spec.key;
    }
  }
  EXPECT_EQ(valuesOf(ModelOptions()), completeValues(modelParameters(), {}, "model"));
  EXPECT_EQ(runValuesOf(RestoreRequest()), completeValues(runParameters(), {}, "run"));
  const auto& every = everyFieldSet().model_options;
  EXPECT_EQ(modelOptionsFrom(valuesOf(every)), every);
  EXPECT_EQ(modelOptionsFrom({{"precision", std::string("auto")}}), ModelOptions());
  EXPECT_EQ(modelOptionsFrom({{"precision", std::string("fp32")}}).precision, "fp32");
  RestoreRequest request;
  for (const auto& [key, value] : runValuesOf(everyFieldSet())) setRunOption(request, key, value);
  EXPECT_EQ(runValuesOf(request), runValuesOf(everyFieldSet()));
  ModelOptions options;
  EXPECT_THROW(setOption(options, "speed", 1.0), Error);
  EXPECT_THROW(setOption(options, "encoder_refinements", 17.0), Error);
}

TEST(RunReport, OneLpipsIsByAlexNetElseByVgg) {
  RunReport report;
  EXPECT_TRUE(std::isnan(report.lpips()));
  report.metrics["lpips_vgg"] = 0.4;
  EXPECT_EQ(report.lpips(), 0.4);
  report.metrics["lpips_alex"] = 0.1;
  EXPECT_EQ(report.lpips(), 0.1);
}

TEST(Request, OfAMeasurementThePictureIsThePhoto) {
  auto request = everyFieldSet();
  request.mode = Mode::Demonstrate;
  request.measurement_seed.reset();
  auto expected = request;
  expected.photo.clear();
  expected.crop.clear();
  expected.size = 0;
  expected.mode = Mode::Restore;
  expected.measurement_seed = request.seed;
  EXPECT_EQ(jsonFromRequest(requestOfMeasurement(request)), jsonFromRequest(expected));
  request.measurement_seed = 11;
  EXPECT_EQ(requestOfMeasurement(request).measurement_seed, 11u);
}

// Up to format 2 a kernel's picture was correlated with the photo, and a measured photo's mask was drawn unasked.
TEST(Request, FormatTwoIsReadAsItWasRun) {
  const auto turned = [](const std::string& json) { return requestFromJson(json).degradation().kernel_turned; };
  for (const char* format : {"1", "2"}) {
    const auto former = concat(R"({"p2l": )", format, R"(, "degradation": "motion-blur", "kernel": "k.png"})");
    EXPECT_TRUE(turned(former)) << former;
    EXPECT_TRUE(turned(jsonFromRequest(requestFromJson(former)))) << "saved again";
  }
  EXPECT_FALSE(turned(R"({"p2l": 3, "kernel": "k.png"})"));
  EXPECT_TRUE(turned(R"({"p2l": 3, "kernel": "k.png", "kernel_turned": true})"));
  EXPECT_FALSE(turned(R"({"p2l": 2})"));

  const auto seed = [](const std::string& json) { return requestFromJson(json).measurement_seed; };
  EXPECT_EQ(seed(R"({"p2l": 2, "mode": "restore", "degradation": "inpaint", "seed": 7})"), 7u);
  EXPECT_EQ(seed(R"({"p2l": 2, "mode": "restore", "degradation": "inpaint", "seed": 7, "measurement_seed": 8})"), 8u);
  EXPECT_FALSE(seed(R"({"p2l": 2, "mode": "restore", "degradation": "inpaint", "seed": 7, "mask": "m.png"})"));
  EXPECT_FALSE(seed(R"({"p2l": 2, "mode": "demonstrate", "degradation": "inpaint", "seed": 7})"));
  EXPECT_FALSE(seed(R"({"p2l": 3, "mode": "restore", "degradation": "inpaint", "seed": 7})"));
}

TEST(Request, AMeasuredPhotoLeavesNothingToChance) {
  Catalogue catalogue = smallCatalogue();
  catalogue.degradations[1].drawn = "the mask";
  DegradationInfo box;
  box.id = "box";
  box.parameters = {choiceParam("place", "Place", {"centre", "random"}, "")};
  box.drawn = "the place";
  box.drawn_key = "place";
  box.drawn_value = "random";
  DegradationInfo motion;
  motion.id = "motion";
  motion.takes_kernel = true;
  motion.drawn = "the path";
  catalogue.degradations.insert(catalogue.degradations.end(), {box, motion});
  const auto left = [&](const std::function<void(RestoreRequest&)>& change) {
    RestoreRequest request;
    request.mode = Mode::Restore;
    change(request);
    const auto drawn = catalogue.leftToChance(request);
    const auto refusal = test::problemOf([&] { catalogue.complete(request); });
    EXPECT_EQ(drawn.empty(), refusal.find("would be drawn at random") == std::string::npos) << refusal;
    if (!drawn.empty()) {
      EXPECT_NE(refusal.find(drawn), std::string::npos) << refusal;
      request.measurement_seed = 0;
      EXPECT_EQ(catalogue.leftToChance(request), "");
      request.measurement_seed.reset();
      request.mode = Mode::Demonstrate;
      EXPECT_EQ(catalogue.leftToChance(request), "");
    }
    return drawn;
  };
  EXPECT_EQ(left([](auto& r) { r.degradation().id = "sr"; }), "");
  EXPECT_EQ(left([](auto& r) { r.degradation().id = "inpaint"; }), "the mask");
  EXPECT_EQ(left([](auto& r) { r.degradation().id = "inpaint", r.degradation().mask = "m.png"; }), "");
  EXPECT_EQ(left([](auto& r) { r.degradation().id = "box"; }), "");
  EXPECT_EQ(left([](auto& r) { r.degradation().id = "box", r.degradation().values["place"] = "random"; }), "the place");
  EXPECT_EQ(left([](auto& r) { r.degradation().id = "motion"; }), "the path");
  EXPECT_EQ(left([](auto& r) { r.degradation().id = "motion", r.degradation().kernel = "k.png"; }), "");
  EXPECT_EQ(left([](auto& r) {
              r.degradation().id = "sr", r.degradations.push_back({"motion", {}, {}, {}, false});
            }),
            "the path");
  EXPECT_EQ(left([](auto& r) {
              r.degradation().id = "sr", r.degradations.push_back({"motion", {}, {}, "k.png", false});
            }),
            "");
  // Each has a mask of its own.
  EXPECT_EQ(left([](auto& r) {
              r.degradation().id = "inpaint", r.degradations.push_back({"inpaint", {}, {}, {}, false}),
              r.degradation().mask = "m.png";
            }),
            "the mask");
}

// A picture that was saved before P2L could renoise recalls the run that made it, not today's preset.
TEST(Request, FormatOneIsReadAsItWasRun) {
  const auto values = [](const std::string& json) { return requestFromJson(json).solver_values; };
  const auto former = values(R"({"p2l": 1, "solver": "p2l", "solver_values": {"K": 1, "rho": 3}})");
  EXPECT_EQ(former, (ParamValues{{"K", 1.0}, {"rho", 3.0}, {"renoise", 0.0}, {"rho_side", 0.0}}));
  EXPECT_EQ(values(R"({"p2l": 1, "solver": "dps", "solver_values": {"rho": 3}})"),
            (ParamValues{{"rho", 3.0}, {"rho_side", 0.0}}));
  EXPECT_EQ(values(R"({"p2l": 1, "solver": "treg", "solver_values": {"w": 3}})"), (ParamValues{{"w", 3.0}}));
  EXPECT_TRUE(values(R"({"p2l": 1, "solver": "p2l"})").empty()) << "it left them to the preset";
  EXPECT_EQ(values(R"({"p2l": 2, "solver": "p2l", "solver_values": {"K": 1}})"), (ParamValues{{"K", 1.0}}));
  EXPECT_EQ(values(R"({"solver": "p2l", "solver_values": {"K": 1}})"), (ParamValues{{"K", 1.0}}));
}

}  // namespace
}  // namespace p2l
