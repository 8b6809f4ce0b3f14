// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/api/catalogue.h"

class QComboBox;
class QUndoStack;

namespace p2l::ui {

class ParamPanel;

/// A second degradation on what the first one gives, with its parameters; at first none.
class ThenBox : public QWidget {
  Q_OBJECT
 public:
  /// `catalogue` outlives the box.
  ThenBox(const Catalogue& catalogue, QUndoStack* undo_stack, QWidget* parent = nullptr);

  /// Its id; empty: none.
  std::string degradation() const;
  /// How many times larger than the measurement what the first one gives is.
  double scale() const;
  ParamPanel* params() const { return params_; }

  void writeTo(RestoreRequest& request) const;
  void readFrom(const RestoreRequest& request);

 signals:
  void changed();
  /// Another one, or none.
  void degradationChanged();

 private:
  void showDegradation();

  const Catalogue& catalogue_;
  QComboBox* task_;
  ParamPanel* params_;
};

}  // namespace p2l::ui
