// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/empty_hint.h"

#include <QAbstractItemView>
#include <QEvent>

namespace p2l::ui {

EmptyHint::EmptyHint(QAbstractItemView* view, const QString& text) : QLabel(text, view->viewport()), view_(view) {
  setAlignment(Qt::AlignCenter);
  setWordWrap(true);
  setMargin(24);
  setForegroundRole(QPalette::PlaceholderText);
  setAttribute(Qt::WA_TransparentForMouseEvents);
  view->viewport()->installEventFilter(this);
  for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
    connect(view->model(), signal, this, &EmptyHint::place);
  connect(view->model(), &QAbstractItemModel::modelReset, this, &EmptyHint::place);
  place();
}

bool EmptyHint::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::Resize || event->type() == QEvent::Show) place();
  return QLabel::eventFilter(watched, event);
}

void EmptyHint::place() {
  setGeometry(view_->viewport()->rect());
  setVisible(view_->model()->rowCount() == 0);
}

}  // namespace p2l::ui
