// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exports/figure_run.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>
#include <algorithm>
#include <utility>

#include "core/api/files.h"
#include "core/experiment/comparison.h"
#include "ui/language/words.h"

namespace p2l::ui {
namespace {

constexpr int kRoundTripSize = 256, kSampleSteps = 30;
const char* const kPromptSteps = "K";
const char* const kTunedSteps = "K=3";
const char* const kRequestFile = "request.png";
const char* const kPhotoFile = "photo.png";

QString text(const std::string& value) {
  return QString::fromStdString(value);
}

/// "sr:factor=4", as p2l has a task and its values in one word.
QString taskWord(const DegradationChoice& task) {
  QString word = text(task.id);
  for (const auto& [key, value] : task.values)
    word += QLatin1Char(':') + text(key) + QLatin1Char('=') + text(textFromValue(value));
  return word;
}

/// The settings' solver first, then those of the paper's figure; of pixels where the model is one of pixels.
QString solverList(const RestoreRequest& request, const Catalogue& catalogue) {
  const bool latent = catalogue.solver(request.solver).model_kind == ModelKind::Latent;
  QStringList solvers = {text(request.solver)};
  for (const char* solver : {latent ? "p2l" : "dps", latent ? "psld" : "pigdm", latent ? "ldps" : "diffpir"}) {
    if (!solvers.contains(QLatin1String(solver))) solvers << QLatin1String(solver);
  }
  return solvers.join(QLatin1Char(','));
}

/// Only a run that tunes the prompt has one to show.
QStringList promptTuning(const RestoreRequest& request, const Catalogue& catalogue) {
  const auto& solver = catalogue.solver(request.solver);
  const auto found = request.solver_values.find(kPromptSteps);
  if (findSpec(solver.parameters, kPromptSteps) == nullptr)
    return {QStringLiteral("--solver"), QStringLiteral("p2l"), QStringLiteral("--set"), QLatin1String(kTunedSteps)};
  const bool tunes = found == request.solver_values.end() || std::get<double>(found->second) > 0.0;
  return tunes ? QStringList() : QStringList{QStringLiteral("--set"), QLatin1String(kTunedSteps)};
}

QStringList modelOf(const RestoreRequest& request) {
  QStringList words = {QStringLiteral("--model"), text(request.model), QStringLiteral("--device"),
                       text(request.device)};
  for (const auto& word : modelOptionWords(request.model_options)) words << text(word);
  return words;
}

/// Where the pictures of a figure lie in its folder; those that a run without a truth lacks are left out.
QList<FigurePicture> picturesOf(Figure figure) {
  switch (figure) {
    case Figure::Evolution:
      return {{tr("Strips"), QStringLiteral("evolution.png")},
              {tr("Residual"), QStringLiteral("residual.png")},
              {tr("PSNR"), QStringLiteral("psnr.png")}};
    case Figure::TunedPrompt:
      return {{tr("Tuned prompt"), QStringLiteral("tuned/sheet.png")},
              {tr("Empty text"), QStringLiteral("empty/sheet.png")},
              {tr("The restored photo"), QStringLiteral("result.png")}};
    case Figure::RoundTrips:
      return {{tr("Strip"), QStringLiteral("strip.png")}, {tr("PSNR"), QStringLiteral("plot.png")}};
    case Figure::Projection:
      return {{tr("One step"), QStringLiteral("panel.png")}, {tr("Residual"), QStringLiteral("projection.png")}};
    case Figure::Spread:
      return {{tr("Mean and spread"), QStringLiteral("panel.png")},
              {tr("Does the spread tell the error?"), QStringLiteral("calibration.png")},
              {tr("What averaging gains"), QStringLiteral("plot.png")}};
  }
  return {};
}

QString quoted(const QString& word) {
  static const auto plain = QStringLiteral("=,:./_-+~");
  const bool quiet =
      std::all_of(word.begin(), word.end(), [](QChar each) { return each.isLetterOrNumber() || plain.contains(each); });
  return quiet && !word.isEmpty()
             ? word
             : QLatin1Char('\'') + QString(word).replace(QLatin1Char('\''), QStringLiteral("'\\''")) +
                   QLatin1Char('\'');
}

}  // namespace

FigureWords figureWords(Figure figure) {
  switch (figure) {
    case Figure::Evolution:
      return {tr("Evolution"), tr("Figs. 2-3"),
              tr("The estimates of several solvers over t, from the same measurement and the same noise.")};
    case Figure::TunedPrompt:
      return {tr("Tuned prompt"), tr("Fig. 12"),
              tr("Pictures that the model draws from the prompt that the run has tuned, without the measurement, and "
                 "from the empty text. A solver that tunes no prompt makes room for P2L with K = 3.")};
    case Figure::RoundTrips:
      return {tr("Round trips"), tr("Figs. 13-14"),
              tr("The photo encoded and decoded again and again: what the autoencoder loses. And the same with the "
                 "measurement glued in before each trip.")};
    case Figure::Projection:
      return {tr("Projection"), tr("Alg. 1, lines 6-7"),
              tr("The residual of every step before the projection, after it, and when it was encoded again.")};
    case Figure::Spread:
      return {
          tr("Spread map"),
          {},
          tr("Six runs of one measurement: their mean, where they differ, and whether the spread tells the error.")};
  }
  return {};
}

FigureRun::FigureRun(const Catalogue& catalogue, QObject* parent) : QObject(parent), catalogue_(catalogue) {
  connect(&process_, &QProcess::readyReadStandardOutput, this, [this] {
    const auto lines = QString::fromUtf8(process_.readAllStandardOutput()).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    if (!lines.isEmpty()) emit progressed(lines.last());
  });
  connect(&process_, &QProcess::readyReadStandardError, this,
          [this] { errors_ += QString::fromUtf8(process_.readAllStandardError()); });
  connect(&process_, &QProcess::finished, this, &FigureRun::ended);
  connect(&process_, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
    if (error == QProcess::FailedToStart && running_)
      end(tr("Figures are made by the program p2l, and %1 cannot be started.").arg(process_.program()));
  });
}

FigureRun::~FigureRun() {
  process_.disconnect(this);
  if (process_.state() == QProcess::NotRunning) return;
  process_.terminate();
  if (!process_.waitForFinished(kStopMs)) {
    process_.kill();
    process_.waitForFinished(kStopMs);
  }
}

QString FigureRun::folder() const {
  return pictures_.isEmpty() || !folder_ ? QString() : folder_->path() + QStringLiteral("/figure");
}

QString FigureRun::commandText(const QString& saved) const {
  if (pictures_.isEmpty()) return {};
  const auto fileOf = [&](const char* name, const QString& placeholder) {
    return saved.isEmpty() ? placeholder : saved + QLatin1Char('/') + QLatin1String(name);
  };
  const auto photo = made_.photo.isEmpty() ? fileOf(kPhotoFile, QStringLiteral("PHOTO")) : made_.photo;
  const auto request = fileOf(kRequestFile, QStringLiteral("REQUEST"));
  QStringList lines;
  for (const auto& call : calls(made_.figure, made_.request, catalogue_, photo, request, QStringLiteral("FOLDER"))) {
    QStringList words = {QStringLiteral("p2l")};
    for (const auto& word : call) words << quoted(word);
    lines << words.join(QLatin1Char(' '));
  }
  return lines.join(QLatin1Char('\n'));
}

QStringList FigureRun::sources() const {
  if (folder().isEmpty()) return {};
  const auto at = folder_->path() + QLatin1Char('/');
  QStringList files{at + QLatin1String(kRequestFile)};
  if (made_.photo.isEmpty()) files << at + QLatin1String(kPhotoFile);
  return files;
}

QString FigureRun::program() const {
  if (!program_.isEmpty()) return program_;
  const auto beside = QCoreApplication::applicationDirPath() + QStringLiteral("/p2l");
  if (QFileInfo(beside).isExecutable()) return beside;
  const auto found = QStandardPaths::findExecutable(QStringLiteral("p2l"));
  return found.isEmpty() ? beside : found;
}

QList<QStringList> FigureRun::calls(Figure figure, const RestoreRequest& request, const Catalogue& catalogue,
                                    const QString& photo, const QString& request_file, const QString& folder) {
  const QStringList source = {photo, QStringLiteral("--request"), request_file};
  const QStringList out = {QStringLiteral("--out"), folder};
  const auto analyse = [](const char* what) { return QStringList{QStringLiteral("analyse"), QLatin1String(what)}; };
  switch (figure) {
    case Figure::Evolution:
      return {analyse("evolution") + source + QStringList{QStringLiteral("--solvers"), solverList(request, catalogue)} +
              out};
    case Figure::Projection:
      return {analyse("projection") + source + out};
    case Figure::Spread:
      return {analyse("spread") + source + QStringList{QStringLiteral("--seeds"), QStringLiteral("6")} + out};
    case Figure::RoundTrips: {
      auto call =
          analyse("round-trip") + QStringList{photo, QStringLiteral("--size"),
                                              QString::number(request.size > 0 ? request.size : kRoundTripSize)};
      const auto& tasks = request.degradations;
      if (tasks.size() == 1 && catalogue.degradation(tasks.front().id).linear)
        call << QStringLiteral("--glue") << taskWord(tasks.front());
      return {call + modelOf(request) + out};
    }
    case Figure::TunedPrompt: {
      const auto embedding = folder + QStringLiteral("/prompt.safetensors");
      auto sample = QStringList{QStringLiteral("sample")} + modelOf(request);
      sample << QStringLiteral("--steps") << QString::number(kSampleSteps);
      if (request.size > 0) sample << QStringLiteral("--size") << QString::number(request.size);
      return {QStringList{QStringLiteral("restore")} + source + promptTuning(request, catalogue) +
                  QStringList{QStringLiteral("--save-embedding"), embedding, QStringLiteral("--out"),
                              folder + QStringLiteral("/result.png")},
              sample + QStringList{QStringLiteral("--embedding"), embedding, QStringLiteral("--guidance"),
                                   QStringLiteral("1,3"), QStringLiteral("--out"), folder + QStringLiteral("/tuned")},
              sample + QStringList{QStringLiteral("--out"), folder + QStringLiteral("/empty")}};
    }
  }
  return {};
}

void FigureRun::start(Figure figure, const FigureSource& source) {
  if (running_) return;
  if (!source.pictures.photo) {
    emit failed(tr("Open a photo first."));
    return;
  }
  running_ = true;
  stopped_ = false;
  drawing_ = {figure, source.request, source.photo};
  errors_.clear();
  former_ = std::move(folder_);  // shown until there are new ones
  folder_ = std::make_unique<QTemporaryDir>();
  emit runningChanged(true);
  const auto folder = folder_->path();
  work_.start(
      [source, folder] {
        QDir(folder).mkdir(QStringLiteral("figure"));
        const auto photo =
            source.photo.isEmpty() ? folder + QLatin1Char('/') + QLatin1String(kPhotoFile) : source.photo;
        if (source.photo.isEmpty()) writePhoto(*source.pictures.photo, photo.toStdString(), {});
        // A picture that holds the request, its masks and its kernels, as a saved result does.
        const auto request = folder + QLatin1Char('/') + QLatin1String(kRequestFile);
        writePhoto(Image(1, 1, 3), request.toStdString(), jsonFromRequest(source.request),
                   requestPicturesFrom(source.pictures));
        return photo;
      },
      [this, folder](const QString& photo, const QString& problem) {
        if (!problem.isEmpty() || stopped_) return end(stopped_ ? QString() : problem);
        const auto all =
            calls(drawing_.figure, drawing_.request, catalogue_, photo,
                  folder + QLatin1Char('/') + QLatin1String(kRequestFile), folder + QStringLiteral("/figure"));
        waiting_.assign(all.begin(), all.end());
        next();
      });
}

void FigureRun::next() {
  if (waiting_.empty()) return readPictures();
  const auto call = waiting_.front();
  waiting_.pop_front();
  process_.start(program(), call);
}

void FigureRun::ended(int code, QProcess::ExitStatus status) {
  if (!running_) return;
  if (stopped_) return end({});
  if (code == 0 && status == QProcess::NormalExit) return next();
  end(problemFrom(errors_, catalogue_));
}

QString FigureRun::problemFrom(const QString& errors, const Catalogue& catalogue) {
  const auto lines = errors.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
  auto sentence = lines.isEmpty() ? tr("p2l ended without a word.") : lines.last();
  for (const auto& line : lines) {
    if (line.startsWith(QLatin1String("p2l: "))) sentence = line.mid(5);
  }
  for (const auto& solver : catalogue.solvers) {
    const auto id = QString::fromStdString(solver.id);
    if (sentence.startsWith(id + QLatin1Char(':'))) return catalogueText(solver.label) + sentence.mid(id.size());
  }
  return sentence;
}

void FigureRun::readPictures() {
  work_.start(
      [files = picturesOf(drawing_.figure), folder = folder_->path() + QStringLiteral("/figure/")] {
        QList<FigurePicture> made;
        for (const auto& file : files) {
          const auto path = folder + file.path;
          if (QFileInfo::exists(path)) made.append({file.title, path, QImage(path)});
        }
        return made;
      },
      [this](const QList<FigurePicture>& made, const QString& problem) {
        end(problem, stopped_ ? QList<FigurePicture>() : made);
      });
}

void FigureRun::end(const QString& problem, const QList<FigurePicture>& made) {
  waiting_.clear();
  if (made.isEmpty()) {
    folder_ = std::move(former_);
  } else {
    pictures_ = made;
    made_ = drawing_;
    former_.reset();
  }
  running_ = false;
  emit runningChanged(false);
  if (!problem.isEmpty()) {
    emit failed(problem);
  } else if (!made.isEmpty()) {
    emit finished();
  }
}

void FigureRun::stop() {
  if (!running_) return;
  const bool again = std::exchange(stopped_, true);
  if (process_.state() == QProcess::NotRunning) return;  // the files are being written
  again ? process_.kill() : process_.terminate();
}

}  // namespace p2l::ui
