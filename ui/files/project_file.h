// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>
#include <QTimer>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "ui/base/background_work.h"
#include "ui/base/photo_opener.h"

namespace p2l::ui {

class RunModel;

/// The project file that the document is of: reads and writes it away from the GUI thread, and knows whether the
/// document has changed since. It is that of one photo: another one that is opened leaves it, and undo comes back to
/// it.
class ProjectFile : public QObject {
  Q_OBJECT
 public:
  static constexpr int kDelayMs = 500;  ///< from a change to changed()

  /// The runs and photos of projects go into the history in this folder, and come from there.
  ProjectFile(RunModel* document, const QString& history, QObject* parent);

  /// The document becomes that of the project.
  void open(const QString& path);
  void save(const QString& path);
  /// Changes of a project that another photo has taken the place of, in no file yet.
  struct Left {
    quint64 number = 0;  ///< counts up from 1
    QString path;
  };
  QList<Left> left() const;
  /// Writes the changes that leftUnsaved() has told of under this number; where that fails, it tells of them again.
  void saveLeft(quint64 number);
  /// The document is this project's, and has changed since it was saved: a session that was killed says so.
  void takeUp(const QString& path);

  /// The project of the document's photo; empty: none.
  QString path() const;
  /// Whether settings, mask or kernel are other ones than in the file, or a run was made since.
  bool isChanged() const;
  bool busy() const { return work_.busy(); }
  /// Blocks until all is read and written; the answers come later.
  void wait() { work_.wait(); }

 signals:
  /// The document's photo is about to change.
  void opening();
  void opened(const QString& path);
  void saved(const QString& path);
  void failed(const QString& sentence);
  /// The mask is in a project.
  void maskKept(const QImage& mask);
  /// path() or isChanged() may be another one.
  void changed();
  /// Another photo has taken the place of this project's, whose changes are not saved: saveLeft() still can.
  void leftUnsaved(quint64 number, const QString& path);
  /// These changes are in the file, or would take the place of what is newer.
  void leftSettled(quint64 number);

 private:
  using RunIds = std::vector<std::string>;
  /// What a project is made of.
  struct Content {
    std::shared_ptr<const OpenedPhoto> photo;
    RestoreRequest request;
    JobPictures pictures;
    RunIds runs;
    std::string shown;  ///< the run whose result is shown; empty: none is
  };
  Content now() const;
  bool isOfProject(const Content& content) const;
  bool differs(const Content& content) const;
  void documentChanged();
  void photoChanged();
  void leave(const Content& content);
  static bool isSame(const Content& one, const Content& other);
  /// Changes that the document has again need no place of their own.
  void settleOwn();
  /// Those of the file at this path with this content.
  void settleSame(const QString& path, const Content& content);
  void settle(const QList<quint64>& numbers);
  /// Those up to this number that belong into the file.
  void settleLeft(const QString& path, quint64 last);
  /// `done` follows when the file is written, with the runs in it: those on the disk that are not loaded yet, too.
  /// `refused` follows when it could not be; that may be empty.
  void write(const Content& content, const QString& path, std::function<void(const RunIds& written)> done,
             std::function<void()> refused);

  RunModel* document_;
  QString history_, path_;
  Content kept_;           ///< in the file
  Content last_;           ///< of the document, a moment ago
  bool run_made_ = false;  ///< that is not in the file
  bool opening_ = false;
  struct LeftContent : Left {
    Content content;
  };
  QList<LeftContent> left_;
  quint64 last_left_ = 0;  ///< number
  QTimer timer_;
  BackgroundWork work_;
};

}  // namespace p2l::ui
