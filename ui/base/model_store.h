// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>

#include "core/api/catalogue.h"
#include "core/request/request.h"
#include "ui/base/background_work.h"

namespace p2l::ui {

/// A model that can be chosen, with the options that a person gave it.
struct ModelEntry {
  QString key;  ///< as RestoreRequest::model: an embedded one's name, a folder, or a checkpoint file
  bool embedded = false;
  ModelOptions options;
  QString device = QStringLiteral("auto");
  ModelInfo info;      ///< empty until its files have been looked at; sha256 comes later still
  QString problem;     ///< why it cannot be used, a sentence; empty: it can, as far as is known
  bool known = false;  ///< its files have been looked at

  /// The last part of the path.
  QString label() const;
};

/// The models that the studio knows: those that come with it, and those that were added. Remembered in QSettings with
/// their options and the one that is chosen. Files are looked at and hashed away from the GUI thread.
class ModelStore : public QObject {
  Q_OBJECT
 public:
  /// `catalogue` outlives the store.
  explicit ModelStore(const Catalogue& catalogue, QObject* parent = nullptr);

  const QList<ModelEntry>& all() const { return entries_; }
  int current() const { return current_; }
  const ModelEntry& chosen() const { return entries_.at(current_); }
  /// -1 when there is none.
  int indexOf(const QString& key) const;
  const Catalogue& catalogue() const { return catalogue_; }

  void choose(int index);
  /// @return its index; that of the entry that is there already, or the new one's.
  int add(const QString& path);
  /// Embedded ones stay. The first one is chosen when the chosen one goes.
  void remove(int index);
  void setOptions(int index, const ModelOptions& options, const QString& device);
  /// Blocks until no files are being read. For tests.
  void wait();

 signals:
  /// Entries came or went.
  void listChanged();
  /// What is known of an entry, or its options.
  void entryChanged(int index);
  void chosenChanged(int index);

 private:
  void restore();
  void remember() const;
  void look(int index);

  const Catalogue& catalogue_;
  QList<ModelEntry> entries_;
  int current_ = 0;
  BackgroundWork looking_, hashing_;
};

}  // namespace p2l::ui
