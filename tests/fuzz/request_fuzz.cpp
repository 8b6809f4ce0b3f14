// SPDX-License-Identifier: GPL-3.0-or-later
// Fuzz target (libFuzzer) for what people send each other beside pictures: requests, reports, presets, recipes,
// lessons, captions, runs of a history, queues, project files and embeddings. The first byte says which; what is taken
// is written and read again, all else ends in an Error.
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/api/files.h"
#include "core/api/measure.h"
#include "core/api/presets.h"
#include "core/archive/job_queue.h"
#include "core/archive/kept_run.h"
#include "core/archive/project.h"
#include "core/base/file.h"
#include "core/experiment/recipe.h"
#include "core/insight/lesson.h"
#include "core/io/archive.h"
#include "core/io/base64.h"
#include "core/request/crop.h"
#include "tests/fuzz/fuzz_files.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;
using fuzz::expectOnlyErrors;
using fuzz::hold;
using fuzz::write;

const fuzz::Workplace& workplace() {
  static const fuzz::Workplace place;
  return place;
}

const Catalogue& catalogue() {
  static const Catalogue all = readCatalogue();
  return all;
}

void holdRequest(const RestoreRequest& request) {
  const auto text = jsonFromRequest(request);
  hold(jsonFromRequest(requestFromJson(text)) == text);
}

void request(const std::string& text) {
  const auto request = requestFromJson(text);
  hold(!request.degradations.empty());
  holdRequest(request);
  expectOnlyErrors([&] { (void)catalogue().departures(catalogue().complete(catalogue().withPreset(request))); });
  expectOnlyErrors([&] { (void)catalogue().completeMeasurement(request); });
  (void)catalogue().leftToChance(request);
}

void recipe(const std::string& text) {
  const auto recipe = recipeFromJson(text, "recipe");
  hold(recipe.text == text);
  expectOnlyErrors([&] {
    (void)planOfRecipe(catalogue(), recipe, {"a.png"}, RestoreRequest(), {"p2l-tiny", "p2l-tiny-pixel"}, Captions());
  });
}

void lesson(const std::string& text) {
  const auto lesson = lessonFromJson(text, "lesson", catalogue());
  holdRequest(lesson.request);
  for (const auto& question : lesson.questions) {
    hold(question.answer >= 0 && question.answer < static_cast<int>(question.choices.size()));
    (void)filledText(question.reveal, {});
  }
  expectOnlyErrors([&] { (void)unlockedParameters(lesson, catalogue()); });
}

void presets(const std::string& text) {
  for (const auto& preset : presetsFromJson(text, "presets", catalogue())) hold(!preset.id.empty());
}

void keptRun(std::string_view bytes) {
  const auto folder = workplace().root / "run";
  write(folder / "run.json", bytes);
  const auto run = readKeptRun(folder.string());
  holdRequest(run.request);
  (void)runName(nullptr, run.request, &catalogue());
  (void)matches(run, "a");
}

void queue(std::string_view bytes) {
  const auto folder = workplace().root / "queue";
  write(folder / "queue.json", bytes);
  const JobQueue queue(folder.string());
}

/// An archive as it is; and one of the parts that the program writes, where only the index is the input.
void project(std::string_view bytes, bool whole) {
  const auto history_folder = workplace().root / "history";
  fs::remove_all(history_folder);
  RunArchive history(history_folder.string());
  const auto file = workplace().root / "project.p2l";
  if (whole) {
    write(file, bytes);
  } else {
    static const auto photo = readFile(P2L_FUZZ_SOURCES "/tests/field/photo64.png", 1 << 20);
    writeZip(file.string(),
             {{"project.json", Bytes(bytes.begin(), bytes.end())}, {"photo.png", photo}, {"state.png", photo}});
  }
  const auto opened = openProject(file.string(), history);
  holdRequest(opened.settings);
}

void captions(std::string_view bytes) {
  const auto file = workplace().root / "captions.json";
  write(file, bytes);
  const Captions captions(file.string());
  expectOnlyErrors([&] { (void)captions.filled("{x} and {y}", "a.png"); });
}

void embedding(std::string_view bytes) {
  const fuzz::MemoryFile file(bytes);
  expectOnlyErrors([&] { (void)readEmbedding(file.path()); });
  (void)textualInversionIn(file.path());
}

}  // namespace
}  // namespace p2l

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::string text(rest);
  p2l::fuzz::expectOnlyErrors([&] {
    switch (data[0]) {
      case 'q':
        p2l::request(text);
        break;
      case 'R':
        (void)p2l::reportFromJson(text);
        break;
      case 'r':
        p2l::recipe(text);
        break;
      case 'l':
        p2l::lesson(text);
        break;
      case 'p':
        p2l::presets(text);
        break;
      case 'k':
        p2l::keptRun(rest);
        break;
      case 'j':
        p2l::queue(rest);
        break;
      case 'z':
        p2l::project(rest, /*whole=*/true);
        break;
      case 'i':
        p2l::project(rest, /*whole=*/false);
        break;
      case 'c':
        p2l::captions(rest);
        break;
      case 'e':
        p2l::embedding(rest);
        break;
      case 'b': {
        const auto bytes = p2l::bytesFromBase64(text);
        p2l::fuzz::hold(p2l::bytesFromBase64(p2l::base64FromBytes(bytes)) == bytes);
        break;
      }
      case 'x':
        (void)p2l::cropFromText(text);
        break;
      default:
        break;
    }
  });
  return 0;
}
