// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QList>
#include <QObject>
#include <QTimer>

#include "ui/base/background_work.h"
#include "ui/base/photo_opener.h"
#include "ui/base/run_job.h"
#include "ui/exports/evolution_export.h"
#include "ui/files/dialogs.h"
#include "ui/widgets/message_bar.h"

class QMimeData;
class QWidget;

namespace p2l {
class OutputCheck;
}

namespace p2l::ui {

class CurvesPlot;
class RunModel;
class SameMasks;

/// Photos come in and results go out: open, paste, drop, save, export, and what is kept for after a crash. Everything
/// that opens goes through one path.
class FileDesk : public QObject {
  Q_OBJECT
 public:
  FileDesk(RunModel* document, CurvesPlot* curves, MessageBar* messages, QWidget* window);

  void setDialogs(Dialogs dialogs) { dialogs_ = std::move(dialogs); }
  /// Whether something is being read or written.
  bool busy() const { return opener_.busy(); }

  /// A photo, a result, a project, or a folder, which becomes a batch.
  void open(const QString& path);
  /// One is opened; several become a batch.
  void openPaths(const QStringList& paths);
  /// The first of several is open, all can become a batch: says so. A batch writes files, which nobody has asked for.
  void offerQueue(const QStringList& paths);
  void openImage(const QImage& image, const QString& label);
  /// A file or a picture, from the clipboard or dropped. False when it is neither.
  bool openData(const QMimeData* data);
  static bool canOpen(const QMimeData* data);
  void saveResult(const QString& path);
  void saveMeasurement(const QString& path);

  /// A sentence where the file to be saved is the photo, mask, kernel, embedding or model in use, or one that others
  /// read; empty: it is none.
  QString problemOfSaving(const QString& path, bool is_mask = false) const;
  /// Others state the files that they read, by OutputCheck::reads() with "the photo", "the mask", "the blur kernel",
  /// "the embedding", "the compared picture" or "the model".
  void addInputs(std::function<void(OutputCheck& check)> state) { inputs_.push_back(std::move(state)); }

  /// Says so when an earlier session ended without saving.
  void offerKeptResult();
  /// Others name what closing the window would lose, a sentence each.
  void addAtStake(std::function<QStringList()> losses) { at_stake_.push_back(std::move(losses)); }
  /// Something of others that can be saved before the window closes: whether it would be lost now, and how it is saved;
  /// savedForLeaving() follows.
  void addSavable(std::function<bool()> at_stake, std::function<void()> save) {
    savable_.push_back({std::move(at_stake), std::move(save)});
  }
  /// Something of others that may get to the disk by itself before the window closes: `begin` says whether that is to
  /// be waited for; settledForLeaving() follows.
  void addSettling(std::function<bool()> begin) { settling_.push_back(std::move(begin)); }
  /// What closing the window would lose now.
  AtStake atStake() const;
  /// Whether the document holds something that is in no file.
  bool isUnsaved() const;
  /// Names what would be lost and asks. False: not now; if something is saved or found out first, it closes
  /// afterwards.
  bool mayClose();
  /// The masks of photos before that are still offered, for after a crash; empty: there is none. Those of large ones
  /// are there a moment later.
  QString keptOffers() const;
  /// Offers what keptOffers() said in a session that was killed.
  void takeUpOffers(const QString& kept);
  /// A result that the history has not taken is offered to be saved, until it is or settleResult() is called.
  void offerRefused(const ResultPtr& result, const QString& photo, const QString& sentence);
  void settleResult(const ResultPtr& result);
  /// This mask is on the disk.
  void keepMask(const QImage& mask);

 public slots:
  /// Whether it is saved: the window closes if that was what it was for.
  void savedForLeaving(bool saved);
  /// What is still not on the disk will not get there: the window closes if that was what was waited for.
  void settledForLeaving();
  /// Before another photo takes the place of the document's.
  void offerWhatIsNotSaved();
  /// For Open recent.
  void addRecent(const QString& path);
  /// Whether pictures are saved with the photo's EXIF data; on at first.
  void setKeepExif(bool keep) { keep_exif_ = keep; }
  void askOpen();
  void paste();
  void askSaveResult();
  void askSaveMeasurement();
  void askExportCsv();
  void askExportPdf();
  void askExportSheet();
  void askExportAnimation();
  void askSaveEmbedding();
  void askOpenEmbedding();

 signals:
  void opened(std::shared_ptr<const p2l::ui::OpenedPhoto> photo);
  void recentChanged();
  /// keptOffers() is another.
  void offersChanged();
  void resultSaved(const QString& path);
  void projectWanted(const QString& path);
  void batchWanted(const QStringList& paths);
  /// The file holds a prompt embedding to start from.
  void embeddingOpened(const QString& path);
  /// A short note that goes away by itself.
  void status(const QString& text);

 private:
  struct Savable {
    std::function<bool()> at_stake;
    std::function<void()> save;
  };
  /// The first that would be lost; null: none.
  const Savable* savableAtStake() const;
  void photoOpened(const std::shared_ptr<const OpenedPhoto>& photo);
  /// A file that holds the request of a result is that result, which goes into the history unless it is there, and not
  /// a new photo. False: it is none, or its photo is gone, which `missing` then names.
  bool showAsResult(const std::shared_ptr<const OpenedPhoto>& opened, QString* missing);
  /// `missing`: the photo that it was made from, where that is not there; empty: nothing is missing.
  void showPhoto(const std::shared_ptr<const OpenedPhoto>& photo, const QString& missing = {});
  void offerRecall(const std::shared_ptr<const OpenedPhoto>& photo, const QString& missing);
  /// What a photo before has left in no file: its result with the mask, or its mask alone. Each has an offer of its own
  /// until it is saved or dismissed.
  struct Former {
    ResultPtr result;
    QImage mask;
    QString photo;
    QByteArray png;       ///< the mask as a file; empty: it is being written
    bool unsure = false;  ///< it is being compared with those that are kept
    QString refusal;      ///< what is said of a result that the history has not taken; empty: that is not the reason
    MessageBar::Topic topic() const;
    quint64 number() const;
    /// For the question before the window closes.
    QString loss() const;
  };
  void offerFormer(Former former);
  /// Its mask as a file, that of a large one away from the GUI thread: `offersChanged` follows.
  void writePng(Former& former);
  /// Its offer stays until it is saved.
  void askSaveFormer(const Former& former);
  void settleFormers(const std::function<bool(const Former&)>& saved);
  /// What undo has made the document's own again needs no offer.
  void settleOwn();
  /// Those that are still offered.
  QList<Former> offeredFormers() const;
  /// Until a large mask is compared with those that are kept, it counts as at stake.
  bool maskAtStake() const;
  bool isMaskKept(const QImage& mask) const;
  /// Whether masks miss the same pixels; large ones are compared away from the GUI thread, and differ until it is
  /// known.
  bool missTheSame(const QImage& one, const QImage& other) const;
  void masksCompared();
  void askSaveMask(const QImage& mask, const QString& photo);
  void saveForLeaving();
  /// Whether what the file cannot hold of the picture may be lost; a person is asked. `lost`: what is not to be said
  /// again afterwards.
  bool mayLose(const Image& image, const QString& path, int bits, QString* lost);
  /// `image` is one of the result's.
  void write(const ResultPtr& result, const Image& image, const QString& path, const RestoreRequest& request,
             std::function<void()> done);
  void keep(const ResultPtr& result);
  void writeResult(const ResultPtr& result, const QString& path);
  /// Asks for the name of a file to save; empty where it is an input, which the messages then say.
  QString askName(const QString& title, const QString& proposal, const QString& filter);
  /// `photo`: whose name is proposed.
  QString askPictureName(const QString& title, const QString& suffix, const QString& photo);
  /// Asks for a name and has it written away from the GUI thread.
  void exportEvolution(const QString& title, const QString& filter, const QString& suffix,
                       const std::function<void(const Evolution&, const QString& path)>& write);
  void exportCurves(const QString& title, const QString& filter, const QString& proposal, bool pdf);

  RunModel* document_;
  CurvesPlot* curves_;
  MessageBar* messages_;
  QWidget* window_;
  PhotoOpener opener_;
  std::shared_ptr<const OpenedPhoto> newest_;  ///< of the opener: the one that counts
  Dialogs dialogs_ = screenDialogs();
  QList<Former> formers_;
  std::vector<std::function<void(OutputCheck& check)>> inputs_;
  std::vector<std::function<QStringList()>> at_stake_;
  std::vector<Savable> savable_;
  std::vector<std::function<bool()>> settling_;
  QImage kept_mask_;  ///< that was exported last
  SameMasks* masks_;
  BackgroundWork mask_files_;
  QTimer mask_timer_;  ///< masks are compared before a person asks
  bool close_when_saved_ = false, close_when_compared_ = false, close_when_settled_ = false;
  bool settled_ = false;  ///< settledForLeaving() closes the window
  bool keep_exif_ = true;
};

}  // namespace p2l::ui
