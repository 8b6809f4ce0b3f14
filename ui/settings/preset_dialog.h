// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include <functional>

#include "core/api/catalogue.h"

class QLabel;
class QListWidget;
class QPushButton;

namespace p2l::ui {

class RunModel;

/// Presets of one's own: keep the settings as one, rename, delete, export.
class PresetDialog : public QDialog {
  Q_OBJECT
 public:
  PresetDialog(const Catalogue& catalogue, RunModel* document, QWidget* parent = nullptr);

  /// Keeps the document's settings under this name.
  void save(const QString& name);
  void exportTo(const QString& path);

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
  void attempt(const std::function<void()>& action);

  Catalogue catalogue_;
  RunModel* document_;
  QListWidget* list_;
  QLabel* note_;
  QPushButton *rename_, *delete_, *export_;
};

}  // namespace p2l::ui
