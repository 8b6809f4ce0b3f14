// SPDX-License-Identifier: GPL-3.0-or-later
// Embeddings in files, and what a run and the sampler make of them.

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "core/api/session.h"
#include "core/base/random.h"
#include "core/io/embedding_file.h"
#include "core/io/photo_file.h"
#include "core/weights/safetensors.h"
#include "tests/support/temporary_folder.h"

namespace p2l {
namespace {

using test::expectParts;
using test::problemOf;

class PromptEmbeddingFile : public test::TemporaryFolder {
 protected:
  std::string at(const std::string& name) const { return (folder_ / name).string(); }
};

TEST_F(PromptEmbeddingFile, IsReadAsItWasWritten) {
  const PromptEmbedding written{"a \"quoted\" é", "p2l-tiny", "0123", 2, 3, {0.5f, -1e-30f, 3e30f, 0.0f, 1.0f, -2.0f}};
  writeEmbedding(written, at("C.safetensors"));
  const auto read = readEmbedding(at("C.safetensors"));
  EXPECT_EQ(read.prompt, written.prompt);
  EXPECT_EQ(read.model, written.model);
  EXPECT_EQ(read.model_sha256, written.model_sha256);
  EXPECT_EQ(read.tokens, 2);
  EXPECT_EQ(read.width, 3);
  EXPECT_EQ(read.values, written.values);
  EXPECT_EQ(SafetensorsFile::open(at("C.safetensors"))->tensor("C").sizes(), (std::vector<std::int64_t>{1, 2, 3}));
}

TEST_F(PromptEmbeddingFile, OthersMayHaveWrittenIt) {
  writeSafetensors(at("half.safetensors"), {{"C", at::full({4, 5}, 0.25, at::kHalf)}});
  const auto read = readEmbedding(at("half.safetensors"));
  EXPECT_EQ(read.tokens, 4);
  EXPECT_EQ(read.values, std::vector<float>(20, 0.25f));
  EXPECT_EQ(read.model, "");
}

TEST_F(PromptEmbeddingFile, IsRefusedWhereItIsNone) {
  const auto refused = [&](const at::Tensor& C, const char* key = "C") {
    writeSafetensors(at("bad.safetensors"), {{key, C}});
    return problemOf([&] { readEmbedding(at("bad.safetensors")); });
  };
  expectParts(refused(at::zeros({2, 3}), "z"), {"bad.safetensors", "no tensor C", "--save-embedding"});
  expectParts(refused(at::zeros({2, 2, 3})), {"bad.safetensors", "[1, tokens, width]"});
  expectParts(refused(at::zeros({2, 3}, at::kLong)), {"bad.safetensors", "numbers of shape"});
  expectParts(refused(at::full({2, 3}, std::nan(""))), {"NaN"});
  expectParts(problemOf([&] { readEmbedding(at("none.safetensors")); }), {"none.safetensors"});
  expectParts(problemOf([&] { writeEmbedding({}, at("empty.safetensors")); }), {"no embedding"});
}

Image gradientPicture(int side) {
  Image image(side, side, 3);
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x) {
      for (int c = 0; c < 3; ++c) image.at(x, y, c) = 0.2f + 0.6f * static_cast<float>(x + c * y) / (3.0f * side);
    }
  }
  return image;
}

RestoreRequest tuningRequest() {
  RestoreRequest request;
  request.device = "cpu";
  request.prompt = "a photo";
  request.sampler_values = {{"steps", 3.0}};
  request.solver_values = {{"K", 1.0}, {"lr", 1e-2}};
  return request;
}

Outcome run(Session& session, const RestoreRequest& request) {
  RunInputs inputs;
  inputs.photo = gradientPicture(64);
  RunObserver observer;
  RunControl control;
  return session.run(request, inputs, observer, control);
}

TEST_F(PromptEmbeddingFile, ARunGivesItsLastAndStartsFromAGivenOne) {
  Session session;
  auto request = tuningRequest();
  const auto first = run(session, request);
  ASSERT_EQ(first.status, Outcome::Status::Completed) << first.message;
  EXPECT_EQ(first.embedding.prompt, "a photo");
  EXPECT_EQ(first.embedding.model, "p2l-tiny");
  EXPECT_EQ(first.embedding.model_sha256, first.report.model.sha256);
  EXPECT_EQ(first.embedding.values.size(), std::size_t(first.embedding.tokens) * first.embedding.width);
  writeEmbedding(first.embedding, at("tuned.safetensors"));

  // From the tuned one with K = 0: C stays what the file holds, and the picture is another than that of the text.
  request.solver_values["K"] = 0.0;
  const auto untuned = run(session, request);
  request.prompt.clear();
  request.embedding = at("tuned.safetensors");
  const auto again = run(session, request);
  ASSERT_EQ(again.status, Outcome::Status::Completed) << again.message;
  EXPECT_EQ(again.embedding.values, first.embedding.values);
  EXPECT_NE(untuned.embedding.values, first.embedding.values);
  EXPECT_NE(again.picture.pixels, untuned.picture.pixels);
  EXPECT_EQ(again.report.steps.back().prompt_drift, 0.0);
  EXPECT_TRUE(again.report.remarks.empty());

  request.prompt = "a photo";
  expectParts(problemOf([&] { run(session, request); }), {"a prompt or from an embedding", "tuned.safetensors"});
  request.prompt.clear();
  auto other = first.embedding;
  other.model = "another";
  other.model_sha256 = "ffff";
  writeEmbedding(other, request.embedding);
  const auto remarks = run(session, request).report.remarks;
  ASSERT_EQ(remarks.size(), 1u);
  expectParts(remarks[0], {"tuned.safetensors", "another model, another"});
  other.tokens = 1;
  other.values.resize(static_cast<std::size_t>(other.width));
  writeEmbedding(other, request.embedding);
  expectParts(problemOf([&] { run(session, request); }), {"tuned.safetensors", "1 x 128", "tokens x width", "another"});
}

std::vector<Image> sampled(Session& session, const SampleRequest& request) {
  std::vector<Image> pictures;
  RunControl control;
  const int count = session.sample(
      request,
      [&](int index, const Image& picture) {
        EXPECT_EQ(index, static_cast<int>(pictures.size()));
        pictures.push_back(picture);
      },
      control);
  EXPECT_EQ(count, static_cast<int>(pictures.size()));
  return pictures;
}

TEST_F(PromptEmbeddingFile, TheSamplerDrawsFromTextsAndEmbeddings) {
  Session session;
  SampleRequest request;
  request.device = "cpu";
  request.width = 96;
  request.height = 64;
  request.count = 3;
  request.seed = 4;
  request.prompt = "a red flower";
  request.sampler_values = {{"steps", 4.0}};
  const auto pictures = sampled(session, request);
  ASSERT_EQ(pictures.size(), 3u);
  EXPECT_EQ(pictures[0].width, 96);
  EXPECT_EQ(pictures[0].height, 64);
  EXPECT_NE(pictures[0].pixels, pictures[1].pixels);
  EXPECT_EQ(sampled(session, request)[2].pixels, pictures[2].pixels) << "a seed is a picture";
  auto later = request;
  later.seed = 5;
  later.count = 1;
  EXPECT_EQ(sampled(session, later)[0].pixels, pictures[1].pixels) << "the next picture has the next seed";

  // The text's own embedding from a file draws the same pictures; a seed's first latent is that of a run.
  auto restoring = tuningRequest();
  restoring.prompt = request.prompt;
  restoring.solver_values["K"] = 0.0;
  writeEmbedding(run(session, restoring).embedding, at("text.safetensors"));
  auto from_file = request;
  from_file.prompt.clear();
  from_file.embedding = at("text.safetensors");
  EXPECT_EQ(sampled(session, from_file)[0].pixels, pictures[0].pixels);

  auto guided = request;
  guided.sampler_values["guidance"] = 7.5;
  EXPECT_NE(sampled(session, guided)[0].pixels, pictures[0].pixels);
  auto noisy = request;
  noisy.sampler_values["eta"] = 1.0;
  EXPECT_NE(sampled(session, noisy)[0].pixels, pictures[0].pixels);
  EXPECT_EQ(sampled(session, noisy)[1].pixels, sampled(session, noisy)[1].pixels);

  request.width = 70;
  expectParts(problemOf([&] { sampled(session, request); }), {"width", "multiple of", "70"});
  request.width = 0;
  request.height = 0;
  request.count = 1;
  EXPECT_EQ(sampled(session, request)[0].width, session.loadModel("p2l-tiny", "cpu").training_size);
  request.count = 0;
  expectParts(problemOf([&] { sampled(session, request); }), {"count", "0"});
}

TEST_F(PromptEmbeddingFile, AStopLeavesThePicturesSoFar) {
  Session session;
  SampleRequest request;
  request.device = "cpu";
  request.width = request.height = 32;
  request.count = 5;
  request.sampler_values = {{"steps", 2.0}};
  RunControl control;
  int got = 0;
  const int count = session.sample(
      request,
      [&](int, const Image&) {
        if (++got == 2) control.requestStop();
      },
      control);
  EXPECT_EQ(count, 2);
  EXPECT_EQ(got, 2);
}

}  // namespace
}  // namespace p2l
