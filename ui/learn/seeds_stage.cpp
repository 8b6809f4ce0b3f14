// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/learn/seeds_stage.h"

#include <QGridLayout>

#include "ui/language/numbers.h"
#include "ui/learn/heat_scale.h"
#include "ui/learn/learn_model.h"
#include "ui/steps/step_tiles.h"

namespace p2l::ui {

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
    grid->addWidget(tiles_[i], static_cast<int>(i) / 3, static_cast<int>(i) % 3);
  }
  grid->addWidget(scale_ = new HeatScale(this), 1, 2);
  connect(model, &LearnModel::stageChanged, this, &SeedsStage::showSeeds);
  connect(model, &LearnModel::questionChanged, this, &SeedsStage::sentenceChanged);
  showSeeds();
}

void SeedsStage::showSeeds() {
  const auto& seeds = model_->seeds();
  const auto missing = tr("after the runs"), after_two = tr("after two runs");
  tiles_[0]->setPicture(seeds.measurement(), tr("being computed…"));
  tiles_[1]->setTexts({}, seeds.count() > 0 ? tr("run %1").arg(seeds.count()) : tr("one run"));
  tiles_[1]->setToolTip(tr("the newest run"));
  tiles_[1]->setPicture(seeds.one(), missing);
  tiles_[2]->setPicture(seeds.mean(), missing);
  tiles_[3]->setPicture(seeds.spreadMap(), after_two);
  tiles_[4]->setPicture(seeds.errorMap(), after_two);
  scale_->setLargest(seeds.largest());
  emit sentenceChanged();
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
