// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include <functional>

#include "core/api/catalogue.h"

class QListWidget;
class QPushButton;

namespace p2l::ui {

class RunModel;
class SentenceLabel;

/// Presets of one's own: keep the settings as one, rename, delete, import, export.
class PresetDialog : public QDialog {
  Q_OBJECT
 public:
  PresetDialog(const Catalogue& catalogue, RunModel* document, QWidget* parent = nullptr);

  /// Keeps the document's settings under this name, in place of a preset that has it.
  void save(const QString& name);
  /// Of the chosen one; a name that another has is refused.
  void rename(const QString& name);
  void exportTo(const QString& path);
  /// The presets of a file as exportTo() writes it. Asks before one takes the place of another of its name.
  void importFrom(const QString& path);

 signals:
  /// The files have changed: the catalogue is to be read again.
  void changed();

 private:
  void showPresets();
  void updateButtons();
  const Preset* chosen() const;
  void askSave();
  void askRename();
  void askDelete();
  void askExport();
  void askImport();
  bool mayReplace(const QString& title, const Preset& there);
  /// Why no preset can have this name, a sentence; empty: one can.
  static QString problemOf(const QString& name);
  void keep(Preset preset);
  /// Whether it came with the program, is in use, or is on the disk.
  bool hasModel(const std::string& model) const;
  /// @return empty: none was given
  QString askName(const QString& title, const QString& name);
  /// @param action returns a sentence where it is refused, and throws what `failure` has a place for
  void attempt(const QString& failure, const std::function<QString()>& action);

  Catalogue catalogue_;
  std::string last_;  ///< id of the preset that was saved last
  RunModel* document_;
  QListWidget* list_;
  SentenceLabel* note_;
  QPushButton *rename_, *delete_, *export_;
};

}  // namespace p2l::ui
