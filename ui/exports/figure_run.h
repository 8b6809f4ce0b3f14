// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QObject>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>
#include <deque>
#include <memory>

#include "core/api/catalogue.h"
#include "ui/base/background_work.h"
#include "ui/base/run_job.h"

namespace p2l::ui {

/// The paper's figures, made from a photo and its settings.
enum class Figure {
  Evolution,    ///< Figs. 2-3
  TunedPrompt,  ///< Fig. 12
  RoundTrips,   ///< Figs. 13-14
  Projection,   ///< residual before, after, and encoded again
  Spread,       ///< mean, spread and calibration of several seeds
};
inline constexpr int kFigures = 5;

/// Its name, which figure of the paper it is (may be empty), and what it shows in a sentence.
struct FigureWords {
  QString title, paper, help;
};
FigureWords figureWords(Figure figure);

/// What a figure is made from.
struct FigureSource {
  RestoreRequest request;
  JobPictures pictures;
  QString photo;  ///< its file; empty: it has none, and is written
};

/// A picture of a figure, and its file.
struct FigurePicture {
  QString title, path;
  QImage picture = {};
};

/// Makes a figure with the program p2l, so that the window shows what the command line writes; no picture is drawn
/// twice. Its work is in a process of its own: the window stays quick, and a stop is a signal.
class FigureRun : public QObject {
  Q_OBJECT
 public:
  /// A second stop, and the end of this object, do not wait longer than this.
  static constexpr int kStopMs = 3000;

  explicit FigureRun(const Catalogue& catalogue, QObject* parent = nullptr);
  ~FigureRun() override;

  bool isRunning() const { return running_; }
  /// That of the pictures.
  Figure figure() const { return made_.figure; }
  /// Of the last figure that was made; empty: none. They live as long as this object.
  const QList<FigurePicture>& pictures() const { return pictures_; }
  /// All of its files, with the numbers as CSV; empty: none.
  QString folder() const;
  /// How p2l is called for it, one line a call, as a person would type it. In place of files that go with this object
  /// stand PHOTO, where the photo has no file, REQUEST and FOLDER. `saved`: a folder that has what sources() are; then
  /// only FOLDER is left to be filled in.
  QString commandText(const QString& saved = {}) const;
  /// What it was made from: a picture that holds the request, and the photo where it has no other file.
  QStringList sources() const;

  void start(Figure figure, const FigureSource& source);
  void stop();
  /// Tests: the program in place of p2l beside this one.
  void setProgram(const QString& program) { program_ = program; }

  /// What p2l's `errors` say in the end, a sentence; a row of a solver is named by the solver's label, not by its id.
  static QString problemFrom(const QString& errors, const Catalogue& catalogue);
  /// The calls of p2l. `photo` and `request` are files; all is written into `folder`.
  static QList<QStringList> calls(Figure figure, const RestoreRequest& request, const Catalogue& catalogue,
                                  const QString& photo, const QString& request_file, const QString& folder);

 signals:
  void runningChanged(bool running);
  /// "2/3 ldps: 21.30 dB".
  void progressed(const QString& text);
  void finished();
  void failed(const QString& sentence);

 private:
  void next();
  void ended(int code, QProcess::ExitStatus status);
  /// All calls have been made.
  void readPictures();
  void end(const QString& problem, const QList<FigurePicture>& made = {});
  QString program() const;

  /// A figure, and what it is made from.
  struct Drawn {
    Figure figure = Figure::Evolution;
    RestoreRequest request;
    QString photo;  ///< as in FigureSource
  };

  const Catalogue catalogue_;
  BackgroundWork work_;
  QProcess process_;
  QString program_, errors_;
  std::unique_ptr<QTemporaryDir> folder_, former_;
  Drawn drawing_, made_;
  std::deque<QStringList> waiting_;
  QList<FigurePicture> pictures_;
  bool running_ = false, stopped_ = false;
};

}  // namespace p2l::ui
