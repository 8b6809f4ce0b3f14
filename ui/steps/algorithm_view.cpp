// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/steps/algorithm_view.h"

#include <QEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QVBoxLayout>
#include <utility>

#include "ui/language/words.h"
#include "ui/steps/tile_style.h"

namespace p2l::ui {

/// One line; lit, it has a bar and a ground of its picture's colour.
class AlgorithmLine : public QLabel {
 public:
  AlgorithmLine(AlgorithmView* view, int index) : QLabel(view), view_(view), index_(index) {
    setTextFormat(Qt::RichText);
    setWordWrap(true);
    setContentsMargins(10, 4, 4, 4);
  }
  void setLit(bool lit, StepPicture picture) {
    lit_ = lit;
    picture_ = picture;
    update();
  }
  /// Whether Tab comes here; a click does.
  void setInTabOrder(bool in) { setFocusPolicy(in ? Qt::StrongFocus : Qt::ClickFocus); }

 protected:
  void mousePressEvent(QMouseEvent*) override { emit view_->chosen(index_); }
  void keyPressEvent(QKeyEvent* event) override {
    switch (event->key()) {
      case Qt::Key_Up:
        return view_->go(index_ - 1);
      case Qt::Key_Down:
        return view_->go(index_ + 1);
      case Qt::Key_Home:
        return view_->go(0);
      case Qt::Key_End:
        return view_->go(view_->count() - 1);
      case Qt::Key_Space:
      case Qt::Key_Return:
      case Qt::Key_Enter:
        return view_->go(index_);
      default:
        QLabel::keyPressEvent(event);
    }
  }
  void focusInEvent(QFocusEvent* event) override {
    QLabel::focusInEvent(event);
    update();
  }
  void focusOutEvent(QFocusEvent* event) override {
    QLabel::focusOutEvent(event);
    update();
  }
  void paintEvent(QPaintEvent* event) override {
    if (lit_) {
      QPainter painter(this);
      painter.fillRect(rect(), litGround(picture_, palette()));
      painter.fillRect(QRect(0, 0, 4, height()), tileInk(picture_, palette()));
    }
    QLabel::paintEvent(event);
    if (!hasFocus()) return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
  }

 private:
  AlgorithmView* view_;
  int index_;
  bool lit_ = false;
  StepPicture picture_ = StepPicture::Noisy;
};

AlgorithmView::AlgorithmView(QWidget* parent) : QWidget(parent), title_(new QLabel(this)), step_(new QLabel(this)) {
  column_ = new QVBoxLayout(this);
  column_->setContentsMargins(0, 0, 0, 0);
  column_->setSpacing(2);
  title_->setTextFormat(Qt::RichText);
  step_->setForegroundRole(QPalette::PlaceholderText);
  step_->setWordWrap(true);
  step_->setObjectName(QStringLiteral("algorithm_step"));
  column_->addWidget(title_);
  column_->addWidget(step_);
}

bool AlgorithmView::setLines(const QString& title, const std::vector<IterationLine>& lines, ModelKind kind) {
  const auto shown_title = QStringLiteral("<b>%1</b>").arg(title.toHtmlEscaped());
  if (shown_title == title_->text() && lines == lines_ && kind == kind_) return false;
  lines_ = lines;
  kind_ = kind;
  title_->setText(shown_title);
  for (; rows_.size() > lines_.size(); rows_.pop_back()) delete rows_.back();
  while (rows_.size() < lines_.size()) {  // those that stay keep the focus
    rows_.push_back(new AlgorithmLine(this, static_cast<int>(rows_.size())));
    column_->addWidget(rows_.back());
  }
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    rows_[i]->setAccessibleName(QString::fromStdString(lines_[i].formula));
    rows_[i]->setToolTip(catalogueText(lines_[i].sentence));
    rows_[i]->setAccessibleDescription(rows_[i]->toolTip());
  }
  current_ = 0;
  showLines();
  return true;
}

void AlgorithmView::go(int line) {
  if (line < 0 || line >= count()) return;
  emit chosen(line);
  rows_[static_cast<std::size_t>(line)]->setFocus(Qt::OtherFocusReason);
}

void AlgorithmView::setStep(const QString& text) {
  step_->setText(text);
}

void AlgorithmView::setCurrent(int line) {
  if (std::exchange(current_, line) != line) showLines();
}

QString AlgorithmView::currentHtml() const {
  return current_ >= 0 && current_ < static_cast<int>(rows_.size()) ? rows_[static_cast<std::size_t>(current_)]->text()
                                                                    : QString();
}

void AlgorithmView::showLines() {
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const bool lit = static_cast<int>(i) == current_;
    rows_[i]->setText(
        QStringLiteral("<table cellspacing=0 cellpadding=0><tr><td width=%1>%2</td><td>%3</td></tr></table>")
            .arg(fontMetrics().horizontalAdvance(QStringLiteral("000")))
            .arg(QString::fromStdString(lines_[i].label).toHtmlEscaped(), formulaHtml(lines_[i], kind_, palette())));
    rows_[i]->setLit(lit, lines_[i].picture);
    rows_[i]->setInTabOrder(lit || (current_ < 0 && i == 0));
  }
}

void AlgorithmView::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) showLines();
}

}  // namespace p2l::ui
