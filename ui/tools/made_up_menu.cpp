// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/made_up_menu.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSettings>
#include <QSpinBox>
#include <QWidgetAction>

#include "ui/jobs/made_up.h"

namespace p2l::ui {
namespace {

const auto kSetting = QStringLiteral("made_up_seeds");

}  // namespace

MadeUpMenu::MadeUpMenu(QWidget* parent) : QMenu(tr("Seeds of Made up here"), parent) {
  auto* line = new QWidget(this);
  auto* row = new QHBoxLayout(line);
  row->setContentsMargins(12, 6, 12, 6);
  auto* label = new QLabel(tr("Further seeds"), line);
  box_ = new QSpinBox(line);
  box_->setRange(MadeUp::kFewestSeeds, MadeUp::kMostSeeds);
  box_->setValue(QSettings().value(kSetting, MadeUp::kDefaultSeeds).toInt());
  box_->setAccessibleName(label->text());
  box_->setToolTip(tr("More seeds show more surely what is made up, and each is a run of its own"));
  label->setBuddy(box_);
  row->addWidget(label);
  row->addWidget(box_);
  auto* action = new QWidgetAction(this);
  action->setText(label->text());
  action->setDefaultWidget(line);
  addAction(action);
  connect(box_, &QSpinBox::valueChanged, this, [this](int seeds) {
    QSettings().setValue(kSetting, seeds);
    emit seedsChanged(seeds);
  });
}

int MadeUpMenu::seeds() const {
  return box_->value();
}

}  // namespace p2l::ui
