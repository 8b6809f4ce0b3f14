// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

class QAbstractItemView;

namespace p2l::ui {

/// What stands in a list as long as it is empty: a quiet sentence in its middle.
class EmptyHint : public QLabel {
  Q_OBJECT
 public:
  /// Belongs to the view, which has a model.
  EmptyHint(QAbstractItemView* view, const QString& text);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void place();

  QAbstractItemView* view_;
};

}  // namespace p2l::ui
