// SPDX-License-Identifier: GPL-3.0-or-later
// The panel's settings as a request, and what they leave open.
#include <QFileInfo>
#include <QLabel>
#include <QPushButton>
#include <algorithm>
#include <utility>

#include "ui/document/mask_editor.h"
#include "ui/document/run_title.h"
#include "ui/language/numbers.h"
#include "ui/language/words.h"
#include "ui/settings/param_panel.h"
#include "ui/task/degradation_panel.h"
#include "ui/task/then_box.h"
#include "ui/widgets/seed_box.h"

namespace p2l::ui {
namespace {

constexpr double kLeastNoise = 0.005;  // solvers divide by it

}  // namespace

void DegradationPanel::follow(RunModel* model) {
  model_ = model;
  connect(this, &DegradationPanel::changed, model, [this] { stateSettings(); });
  connect(this, &DegradationPanel::maskPaintingChanged, model, &RunModel::setPainting);
  connect(model, &RunModel::taskRecalled, this, [this](const RestoreRequest& request, const JobPictures& stored) {
    model_->addLost(readFrom(request, stored));
  });
  connect(model, &RunModel::photoNoiseEstimated, this, &DegradationPanel::followEstimate);
  connect(model, &RunModel::photoChanged, this, [this] {
    // It was of the photo before; a person's own choice stays where noise is added.
    if (std::exchange(noise_recalled_, false) || !model_->isSample()) noise_chosen_ = false;
    followEstimate();
    followPhotosSide();
    showDegradedLine();
    paint_->setChecked(true);  // nothing of it is to be compared yet; a mask that comes with it lets go again
  });
  connect(this, &DegradationPanel::modeChanged, this, &DegradationPanel::showNoiseEstimate);
  connect(this, &DegradationPanel::modeChanged, this, &DegradationPanel::showDegradedLine);
  connect(noise_estimate_, &QPushButton::clicked, this, [this] {
    setNoise(usualNoise());
    noiseEdited();
  });
  connect(model, &RunModel::modeSuggested, this, &DegradationPanel::setMode);
  connect(model, &RunModel::taskValuesWanted, this,
          [this](const ParamValues& values, const QString& text) { params_->changeValues(values, text); });
  connect(model, &RunModel::runningChanged, this, [this](bool running) {
    if (running) paint_->setChecked(false);  // the mouse is for comparing now
  });
  stateSettings();
  showQuestion();
  showDegradedLine();
}

NoiseChoice DegradationPanel::usualNoise() const {
  const double sigma = model_ != nullptr && mode() == Mode::Restore ? model_->photoNoise() : -1.0;
  if (sigma < 0.0) return RestoreRequest().noise;
  return NoiseChoice(QString::number(std::max(sigma, kLeastNoise), 'g', 3).toDouble());
}

void DegradationPanel::recallNoise(const NoiseChoice& choice) {
  const auto before = noise();
  setNoise(choice);
  const bool unknown = mode() == Mode::Restore && model_ != nullptr && model_->photoNoise() < 0.0;
  if (!(noise() == before) || (unknown && !noise_chosen_)) {  // the estimate may be on its way
    noise_chosen_ = noise_recalled_ = unknown || !(noise() == usualNoise());
  }
  showNoiseEstimate();
}

void DegradationPanel::followEstimate() {
  const bool take = !noise_chosen_ && !model_->isRunning() && !model_->result() && !(noise() == usualNoise());
  if (take) setNoise(usualNoise());
  showNoiseEstimate();
  if (take) emit changed();
}

void DegradationPanel::noiseEdited() {
  noise_chosen_ = !(noise() == usualNoise());
  noise_recalled_ = false;
  showNoiseEstimate();
  emit changed();
}

void DegradationPanel::showNoiseEstimate() {
  const bool known = model_ != nullptr && model_->photoNoise() >= 0.0 && mode() == Mode::Restore;
  const auto usual = usualNoise();
  const bool taken = known && noise() == usual;
  noise_hint_->setVisible(known);
  noise_estimated_->setVisible(taken);
  noise_estimate_->setVisible(known && !taken);
  noise_estimate_->setText(tr("Estimated from the photo: %1").arg(numberText(numberOf(usual.values, "sigma"), 3)));
  if (usual.id == noise().id) noise_->setDefaults(usual.values);
}

void DegradationPanel::stateSettings() {
  auto request = model_->request();
  JobPictures pictures;
  writeTo(request, pictures);
  model_->changeTask(request, pictures.kernel, outputScale());
}

QString DegradationPanel::openQuestion() const {
  if (info().takes_mask && shown_source_ != MaskSource::Random && mask_editor_->isEmpty())
    return tr("The mask hides no pixel yet: paint what is missing, or open a mask.");
  if (seed_chosen_) return {};
  RestoreRequest request;
  JobPictures pictures;
  writeTo(request, pictures);
  request.measurement_seed.reset();
  const auto drawn = catalogue_.leftToChance(request);
  if (drawn.empty()) return {};
  const auto words = catalogueText(drawn);
  if (info().takes_kernel && !kernel_)
    return tr(
        "The blur of this photo is not known yet: open its kernel, or press By settings if a random one is "
        "meant.");
  return tr("%1 would be drawn at random, but this photo has its own: %2choose a measurement seed if the random one is "
            "meant.")
      .arg(words.left(1).toUpper() + words.mid(1))
      .arg(info().takes_mask && shown_source_ == MaskSource::Random ? tr("paint the mask, open one, or ") : QString());
}

void DegradationPanel::showQuestion() {
  const auto question = openQuestion();
  question_->setText(question);
  question_->setVisible(!question.isEmpty());
  if (model_) model_->setQuestion(question, isLoading());
}

QString DegradationPanel::degradedText() const {
  RestoreRequest request;
  JobPictures pictures;
  writeTo(request, pictures);
  QStringList parts;
  for (auto one = request; const auto& each : request.degradations) {
    one.degradations = {each};
    parts << taskText(catalogue_, one);
  }
  parts << tr("noise %1").arg(localNumbers(noiseText(request.noise)));
  return parts.join(QStringLiteral(", "));
}

void DegradationPanel::writeTo(RestoreRequest& request, JobPictures& pictures) const {
  request.mode = mode();
  DegradationChoice first{degradation(), params_->values(), {}, {}, false};
  request.noise = noise();
  request.measurement_seed = seed_->value();
  if (info().takes_mask && shown_source_ != MaskSource::Random) {
    first.mask = shown_source_ == MaskSource::File ? mask_path_.toStdString() : "painted";
    pictures.mask = mask_editor_->image();
  }
  if (info().takes_kernel && kernel_) {
    first.kernel = kernel_path_.toStdString();
    first.kernel_turned = kernel_turned_;
    pictures.kernel = kernel_;
  }
  request.degradations = {std::move(first)};
  then_->writeTo(request);
}

QStringList DegradationPanel::readFrom(const RestoreRequest& request, const JobPictures& stored) {
  QStringList lost;
  setMode(request.mode);
  const auto& first = request.degradation();
  setDegradation(first.id);
  params_->setValues(first.values);
  card_width_ = 0.0;  // it is the request's now
  then_->readFrom(request);
  recallNoise(request.noise);
  seed_->setValue(request.measurement_seed.value_or(request.seed));
  ++newest_mask_;
  QString error;
  const auto mask_path = QString::fromStdString(first.mask);
  if (first.mask.empty()) {
    setMaskSource(MaskSource::Random);
  } else if (!stored.mask.isNull()) {
    if (!takeMask(stored.mask, MaskSource::Painted, &error)) lost << error;
  } else if (QFileInfo(mask_path).isFile()) {
    loadMask(mask_path);
  } else {
    setMaskSource(MaskSource::Painted);
    lost << tr("The mask is not in the file: paint or import it again.");
  }
  const auto kernel_path = QString::fromStdString(first.kernel);
  clearKernel();
  seed_chosen_ = request.measurement_seed && first.mask.empty() && first.kernel.empty();
  if (stored.kernel) {
    kernel_ = stored.kernel;
    kernel_path_ = kernel_path;
    kernel_turned_ = first.kernel_turned;
  } else if (QFileInfo(kernel_path).isFile()) {
    loadKernel(kernel_path, first.kernel_turned, /*with_blur=*/false);
  } else if (!first.kernel.empty()) {
    lost << tr("The blur kernel %1 is no longer there: open it again.").arg(kernel_path);
  }
  showKernel();
  emit changed();
  return lost;
}

}  // namespace p2l::ui
