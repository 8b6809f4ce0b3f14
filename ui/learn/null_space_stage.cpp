// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/learn/null_space_stage.h"

#include <QGridLayout>
#include <QLabel>
#include <QSlider>
#include <cmath>

#include "ui/base/frame_image.h"
#include "ui/language/numbers.h"
#include "ui/learn/learn_model.h"
#include "ui/steps/step_tiles.h"

namespace p2l::ui {
namespace {

constexpr int kWhole = 100;  // of the slider: all of the change
constexpr int kDigits = 2;   // of both distances, which are held against each other

}  // namespace

NullSpaceStage::NullSpaceStage(LearnModel* model, QWidget* parent) : QWidget(parent), model_(model) {
  auto* grid = new QGridLayout(this);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setRowStretch(0, 1);
  picture_ = new PictureTile(tileColour(StepPicture::Estimate), this);
  picture_->setTexts(QStringLiteral("x′"), tr("x + a n + b r"));
  measurement_ = new PictureTile(tileColour(StepPicture::Projected), this);
  measurement_->setTexts(QStringLiteral("y′"), tr("its measurement, A x′"));
  picture_->setToolTip(tr("The picture as it was moved"));
  measurement_->setToolTip(tr("What the degradation leaves of it, without noise"));
  grid->addWidget(picture_, 0, 0);
  grid->addWidget(measurement_, 0, 1);
  auto* sliders = new QGridLayout;
  sliders->setHorizontalSpacing(12);
  sliders->setColumnStretch(0, 3);
  sliders->setColumnStretch(1, 2);
  grid->addLayout(sliders, 1, 0, 1, 2);
  const auto slider = [&](const QString& text, const QString& name, int row) {
    auto* label = new QLabel(text, this);
    label->setWordWrap(true);
    auto* made = new QSlider(Qt::Horizontal, this);
    made->setRange(-kWhole, kWhole);
    made->setPageStep(kWhole / 10);
    made->setAccessibleName(name);
    made->setToolTip(name);
    label->setBuddy(made);
    sliders->addWidget(label, row, 0);
    sliders->addWidget(made, row, 1);
    connect(made, &QSlider::valueChanged, this, &NullSpaceStage::showMoved);
    return made;
  };
  unseen_ = slider(tr("a: along what A &destroys, n = (I − A⁺A) w"), tr("Move along what A destroys"), 0);
  seen_ = slider(tr("b: along what A &sees, r = A⁺A w"), tr("Move along what A sees"), 1);
  connect(model, &LearnModel::stageChanged, this, &NullSpaceStage::showMoved);
  showMoved();
}

double NullSpaceStage::share(const QSlider* slider) const {
  return static_cast<double>(slider->value()) / kWhole;
}

double NullSpaceStage::movedInX() const {
  const auto* found = model_->nullSpace();
  return found == nullptr ? 0.0 : std::hypot(share(unseen_) * found->moved_unseen, share(seen_) * found->moved_seen);
}

double NullSpaceStage::movedInY() const {
  const auto* found = model_->nullSpace();
  return found == nullptr ? 0.0
                          : std::hypot(share(unseen_) * found->changed_y_unseen, share(seen_) * found->changed_y_seen);
}

QString NullSpaceStage::sentence() const {
  const auto* found = model_->nullSpace();
  if (found == nullptr) return tr("The part that A destroys is being computed…");
  const auto number = [](double value) { return QStringLiteral("<b>%1</b>").arg(numberText(value, kDigits)); };
  const auto moved = tr("x has moved by %1, y by %2.").arg(number(movedInX()), number(movedInY()));
  if (unseen_->value() == 0 && seen_->value() == 0) {
    return tr("Of x's %1 numbers y keeps %2. Drag a: x moves, and what happens to y?")
        .arg(numberText(static_cast<double>(found->numbers_x), 0),
             numberText(static_cast<double>(found->numbers_y), 0));
  }
  if (seen_->value() == 0) return moved + QLatin1Char(' ') + tr("A cannot tell the two pictures apart.");
  return moved + QLatin1Char(' ') + tr("This way A sees: the measurement tells the pictures apart.");
}

void NullSpaceStage::showMoved() {
  if (const auto* found = model_->nullSpace()) {
    const double a = share(unseen_), b = share(seen_);
    picture_->setPicture(qimageFromImage(movedPicture(found->x, found->unseen, a, found->seen, b)));
    measurement_->setPicture(qimageFromImage(movedPicture(found->y, found->unseen_in_y, a, found->seen_in_y, b)));
  } else {
    for (auto* tile : {picture_, measurement_}) tile->setPicture({}, tr("being computed…"));
  }
  emit sentenceChanged();
}

}  // namespace p2l::ui
