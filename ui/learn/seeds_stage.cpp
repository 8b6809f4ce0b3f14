// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/learn/seeds_stage.h"

#include <QGridLayout>

#include "ui/language/numbers.h"
#include "ui/learn/heat_scale.h"
#include "ui/learn/learn_model.h"
#include "ui/steps/step_tiles.h"
#include "ui/widgets/segmented.h"

namespace p2l::ui {
namespace {

constexpr int kColumns = 3, kRunTile = 1;

}  // namespace

SeedsStage::SeedsStage(LearnModel* model, QWidget* parent) : QWidget(parent), model_(model) {
  auto* grid = new QGridLayout(this);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setSpacing(6);
  const std::array<std::pair<QString, StepPicture>, 5> names = {
      {{tr("measurement (y)"), StepPicture::Noisy},
       {tr("one run"), StepPicture::Estimate},
       {tr("mean of all runs"), StepPicture::Projected},
       {tr("spread: where they differ"), StepPicture::Reencoded},
       {tr("error of the mean"), StepPicture::Gradient}}};
  for (std::size_t i = 0; i < names.size(); ++i) {
    tiles_[i] = new PictureTile(tileColour(names[i].second), this);
    tiles_[i]->setTexts({}, names[i].first);
    tiles_[i]->setToolTip(names[i].first);
    grid->addWidget(tiles_[i], 1 + static_cast<int>(i) / kColumns, static_cast<int>(i) % kColumns);
  }
  grid->addWidget(scale_ = new HeatScale(this), 2, 2);
  connect(model, &LearnModel::stageChanged, this, &SeedsStage::showSeeds);
  connect(model, &LearnModel::questionChanged, this, &SeedsStage::sentenceChanged);
  showSeeds();
}

void SeedsStage::showSeeds() {
  const auto& seeds = model_->seeds();
  const auto after_two = tr("after two runs");
  const int wanted = model_->lesson() != nullptr ? model_->lesson()->seeds : 0;
  if (choice_ == nullptr || choice_->count() != wanted + 2) buildChoice(wanted);
  const bool all = wanted > 0 && seeds.count() == wanted;
  choice_->setVisible(all);
  if (!all) choice_->setCurrent(-1);
  if (const auto shape = seeds.measurement().size(); !shape.isEmpty()) {
    for (auto* tile : tiles_) tile->setShape(shape);  // what is to come takes the room that its picture will
  }
  tiles_[0]->setPicture(seeds.measurement(), tr("being computed…"));
  showRun();
  tiles_[2]->setPicture(seeds.mean(), tr("after the runs"));
  tiles_[3]->setPicture(seeds.spreadMap(), after_two);
  tiles_[4]->setPicture(seeds.errorMap(), after_two);
  scale_->setLargest(seeds.largest());
  emit sentenceChanged();
}

void SeedsStage::buildChoice(int runs) {
  delete choice_;
  choice_ = new Segmented(tr("Picture of the tile"), this);
  for (int i = 1; i <= runs; ++i) choice_->add(QString::number(i), tr("run %1").arg(i));
  choice_->add(tr("mean"), tr("mean of all runs"));
  choice_->add(tr("truth"), tr("What the runs have not seen"));
  auto stays = choice_->sizePolicy();
  stays.setRetainSizeWhenHidden(true);  // the pictures keep their size
  choice_->setSizePolicy(stays);
  static_cast<QGridLayout*>(layout())->addWidget(choice_, 0, 0, 1, kColumns, Qt::AlignHCenter);
  connect(choice_, &Segmented::chosen, this, &SeedsStage::showRun);
}

void SeedsStage::showRun() {
  const auto& seeds = model_->seeds();
  const auto& runs = seeds.runs();
  const int last = static_cast<int>(runs.size()) - 1;
  if (!choice_->isHidden() && choice_->current() < 0) choice_->setCurrent(last);
  const int shown = choice_->isHidden() ? last : choice_->current();
  auto* tile = tiles_[kRunTile];
  tile->setTexts({}, shown < 0           ? tr("one run")
                     : shown <= last     ? tr("run %1").arg(shown + 1)
                     : shown == last + 1 ? tr("mean of all runs")
                                         : tr("truth"));
  tile->setToolTip(shown == last ? tr("the newest run") : tile->accessibleName());
  tile->setPicture(shown < 0           ? QImage()
                   : shown <= last     ? runs[shown]
                   : shown == last + 1 ? seeds.mean()
                                       : seeds.truth(),
                   tr("after the runs"));
}

QImage SeedsStage::picture() {
  const bool chooses = !choice_->isHidden();
  choice_->hide();
  const auto image = grab().toImage();
  choice_->setVisible(chooses);
  return image;
}

QString SeedsStage::sentence() const {
  const auto& seeds = model_->seeds();
  const auto numbers = seeds.numbers();
  const int wanted = model_->lesson() != nullptr ? model_->lesson()->seeds : 0;
  if (seeds.count() > 0 && seeds.count() < wanted) {
    return tr("%1 of %2 runs are there. Watch the mean: where the runs differ it gets smooth, and the spread gets "
              "bright.")
        .arg(seeds.count())
        .arg(wanted);
  }
  if (numbers.empty()) return tr("Several runs of the same measurement, each from other noise: where do they differ?");
  return tr("Where the %1 runs agree (spread %2 grey levels) their mean is wrong by <b>%3</b>; where they differ "
            "(%4) by <b>%5</b>.")
      .arg(numberText(numbers.at("count"), 0), numberText(numbers.at("sure.spread"), 1),
           numberText(numbers.at("sure.error"), 1), numberText(numbers.at("unsure.spread"), 1),
           numberText(numbers.at("unsure.error"), 1));
}

}  // namespace p2l::ui
