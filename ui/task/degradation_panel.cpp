// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/task/degradation_panel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <utility>

#include "core/api/files.h"
#include "ui/base/frame_image.h"
#include "ui/document/mask_editor.h"
#include "ui/language/words.h"
#include "ui/settings/param_panel.h"
#include "ui/task/kernel_picture.h"
#include "ui/task/task_tiles.h"
#include "ui/task/then_box.h"
#include "ui/tools/mask_tool_bar.h"
#include "ui/widgets/file_filters.h"
#include "ui/widgets/seed_box.h"

namespace p2l::ui {
namespace {

const std::string kWholeFactors = "sr", kAnyFactor = "area-sr";

bool isOfFactor(const std::string& degradation) {
  return degradation == kWholeFactors || degradation == kAnyFactor;
}

}  // namespace

void DegradationPanel::setFace(Face face) {
  const bool other_rows = isOfFactor(degradation()) && face_ != face;
  face_ = face;
  if (other_rows) {
    const auto values = params_->values();
    showParameters();
    params_->setValues(values);
  }
  showFace();
}

void DegradationPanel::showFace() {
  const bool plain = face_ == Face::Plain;
  for (QWidget* widget : {static_cast<QWidget*>(tiles_title_), static_cast<QWidget*>(tiles_)})
    widget->setVisible(plain);
  for (QWidget* widget :
       {static_cast<QWidget*>(truth_), task_line_, static_cast<QWidget*>(then_), seed_line_, noise_kind_line_})
    widget->setVisible(!plain);
  for (auto* panel : {params_, noise_}) panel->setPlain(plain);
  showDegradedLine();
  showMaskSource();
}

void DegradationPanel::showDegradedLine() {
  const bool shown = model_ != nullptr && model_->photo() != nullptr && face_ == Face::Plain;
  degraded_line_->setVisible(shown && mode() == Mode::Demonstrate);
  if (degraded_line_->isHidden()) return;
  const bool sample = model_->isSample();
  degraded_text_->setText(sample ? tr("The sample is degraded first: %1.").arg(degradedText())
                                 : tr("This photo is degraded first, as Compare or the Lab asked."));
  degraded_leave_->setVisible(!sample);
}

const DegradationInfo& DegradationPanel::info() const {
  return catalogue_.degradation(degradation());
}

Mode DegradationPanel::mode() const {
  return truth_->isChecked() ? Mode::Demonstrate : Mode::Restore;
}

void DegradationPanel::setMode(Mode mode) {
  truth_->setChecked(mode == Mode::Demonstrate);
}

std::string DegradationPanel::secondDegradation() const {
  return then_->degradation();
}

std::string DegradationPanel::degradation() const {
  return task_->currentData().toString().toStdString();
}

void DegradationPanel::setDegradation(const std::string& id) {
  const int index = task_->findData(QString::fromStdString(id));
  if (index >= 0) task_->setCurrentIndex(index);
}

void DegradationPanel::chooseDegradation(const QString& id) {
  const auto* chosen = tiles_->tileOf(id.toStdString());
  const bool same = takesAnyFactor() && tiles_->tileOf(degradation()) == chosen;  // its factor stays
  by_card_ = true;
  if (!same) setDegradation(id.toStdString());
  by_card_ = false;
  if (info().takes_mask) paint_->setChecked(true);  // a run has let go of the brush, maybe of another task
}

DegradationPanel::MaskSource DegradationPanel::maskSource() const {
  return shown_source_;
}

void DegradationPanel::setMaskSource(MaskSource source) {
  if (source == shown_source_) return;
  shown_source_ = source;
  mask_source_->setCurrentIndex(static_cast<int>(source));
  showMaskSource();
  emit changed();
}

void DegradationPanel::chooseMaskSource() {
  const auto wanted = static_cast<MaskSource>(mask_source_->currentIndex());
  if (wanted != MaskSource::File) {
    paint_->setChecked(true);
    seed_chosen_ = wanted == MaskSource::Random;
    setMaskSource(wanted);
    return showQuestion();
  }
  const auto path = QFileDialog::getOpenFileName(this, tr("Mask: white is missing"), {}, pictureFilter());
  mask_source_->setCurrentIndex(static_cast<int>(shown_source_));  // until it is read
  if (!path.isEmpty()) loadMask(path);
}

double DegradationPanel::outputScale() const {
  const auto& key = info().scale_key;
  if (mode() == Mode::Demonstrate) return 1.0;
  return (key.empty() ? 1.0 : numberOf(params_->values(), key)) * then_->scale();
}

bool DegradationPanel::isPainting() const {
  return info().takes_mask && shown_source_ != MaskSource::Random && paint_->isChecked();
}

bool DegradationPanel::isBrushDown() const {
  return info().takes_mask && shown_source_ != MaskSource::Random && !paint_->isChecked();
}

bool DegradationPanel::takeMask(const QImage& mask, MaskSource source, QString* error) {
  loading_mask_ = true;
  const bool taken = mask_editor_->load(mask, error);
  loading_mask_ = false;
  if (!taken) return false;
  const bool same_source = shown_source_ == source;
  setMaskSource(source);
  paint_->setChecked(false);
  if (same_source) emit changed();
  return true;
}

void DegradationPanel::loadMask(const QString& path) {
  using Read = std::pair<QImage, QStringList>;
  files_.start(
      [path] {
        const auto mask = readMask(path.toStdString());
        QStringList remarks;
        for (const auto& remark : mask.remarks) remarks << QString::fromStdString(remark);
        return Read(qimageFromImage(mask.image), remarks);
      },
      [this, path, id = ++newest_mask_](const Read& read, const QString& problem) {
        showQuestion();
        if (id != newest_mask_) return;
        const auto former_path = std::exchange(mask_path_, path);
        QString error = problem;
        if (error.isEmpty() && takeMask(read.first, MaskSource::File, &error)) {
          if (!read.second.isEmpty()) emit remarked(read.second.join(QLatin1Char(' ')));
          return;
        }
        mask_path_ = former_path;
        emit failed(error);
      });
  showQuestion();
}

void DegradationPanel::loadKernel(const QString& path, bool turned, bool with_blur) {
  files_.start([path] { return std::make_shared<const Image>(readKernel(path.toStdString())); },
               [this, path, turned, with_blur, id = ++newest_kernel_](const std::shared_ptr<const Image>& kernel,
                                                                      const QString& problem) {
                 showQuestion();
                 if (id != newest_kernel_) return;
                 if (!problem.isEmpty()) return emit failed(problem);
                 kernel_ = kernel;
                 kernel_path_ = path;
                 kernel_turned_ = turned;
                 if (with_blur && info().blurs && !info().takes_kernel) return takeBlurOfKernels();
                 showKernel();
                 emit changed();
               });
  showQuestion();
}

void DegradationPanel::takeBlurOfKernels() {
  const auto taker = std::find_if(catalogue_.degradations.begin(), catalogue_.degradations.end(),
                                  [](const auto& each) { return each.takes_kernel; });
  if (taker != catalogue_.degradations.end()) setDegradation(taker->id);  // which states the kernel, too
}

void DegradationPanel::clearKernel() {
  ++newest_kernel_;
  kernel_.reset();
  kernel_path_.clear();
  kernel_turned_ = false;
  showKernel();
  emit changed();
}

void DegradationPanel::showKernel() {
  const bool loadable = info().takes_kernel,
             unknown = mode() == Mode::Restore && !seed_chosen_ && !info().drawn.empty();
  kernel_box_->setVisible(info().blurs);
  kernel_clear_->setEnabled(kernel_ != nullptr || unknown);
  params_->setEnabled(!loadable || kernel_ == nullptr);
  kernel_clear_->setVisible(loadable && kernel_clear_->isEnabled());
  kernel_text_->setVisible(loadable && (kernel_ != nullptr || unknown));
  if (info().blurs) {
    RestoreRequest request;
    request.degradation().id = degradation();
    request.degradation().values = params_->values();
    request.degradation().kernel_turned = kernel_turned_;
    request.measurement_seed = seed_->value();
    kernel_picture_->show(request, loadable ? kernel_ : nullptr);
  }
  if (!kernel_) return kernel_text_->setText(tr("A random one, until it is chosen."));
  const auto text = tr("%1, %2 × %3").arg(QFileInfo(kernel_path_).fileName()).arg(kernel_->width).arg(kernel_->height);
  kernel_text_->setText(kernel_turned_ ? tr("%1, turned by 180° as an earlier version applied it").arg(text) : text);
}

bool DegradationPanel::takesAnyFactor() const {
  return face_ == Face::Plain && isOfFactor(degradation());
}

void DegradationPanel::showParameters() {
  auto specs = info().parameters;
  if (takesAnyFactor()) {
    const double usual = specOf(catalogue_.degradation(kWholeFactors).parameters, "factor", "").default_number;
    specs = catalogue_.degradation(kAnyFactor).parameters;
    for (auto& spec : specs) spec.default_number = usual;
  }
  card_width_ = by_card_ ? usualWidth() : 0.0;
  for (auto& spec : specs) {
    if (card_width_ > 0.0 && spec.key == info().width_key) spec.default_number = card_width_;
  }
  params_->setSpecs(specs);
}

double DegradationPanel::usualWidth() const {
  const auto* spec = findSpec(info().parameters, info().width_key);
  if (spec == nullptr) return 0.0;
  const auto photo = model_ != nullptr ? model_->workingSize() : QSize();
  const int side = photo.isEmpty() ? kUsualSide : std::min({photo.width(), photo.height(), kUsualSide});
  const double share = spec->default_number * side / kUsualSide;
  return QString::number(std::clamp(share, spec->minimum, spec->maximum), 'g', 3).toDouble();
}

void DegradationPanel::followPhotosSide() {
  const auto& key = info().width_key;
  if (card_width_ <= 0.0 || numberOf(params_->values(), key) != card_width_) return;
  card_width_ = usualWidth();
  params_->setDefaults({{key, card_width_}});
  params_->setValues({{key, card_width_}});
  showKernel();
  emit changed();
}

bool DegradationPanel::followFactor() {
  if (!takesAnyFactor()) return false;
  const auto& whole = specOf(catalogue_.degradation(kWholeFactors).parameters, "factor", "");
  const double factor = numberOf(params_->values(), "factor");
  const bool is_whole = factor == std::round(factor) && factor >= whole.minimum && factor <= whole.maximum;
  const auto& wanted = is_whole ? kWholeFactors : kAnyFactor;
  if (wanted == degradation()) return false;
  keep_rows_ = true;
  setDegradation(wanted);
  keep_rows_ = false;
  return true;
}

void DegradationPanel::showDegradation() {
  if (!keep_rows_) showParameters();
  task_->setToolTip(QStringLiteral("<p>%1</p><p>%2</p>")
                        .arg(catalogueText(info().help).toHtmlEscaped(),
                             tr("The A of y = A x + n. After: %1").arg(QString::fromStdString(info().reference))));
  tiles_->setCurrent(degradation());
  mask_box_->setVisible(info().takes_mask);
  showKernel();
  if (info().takes_mask && mode() == Mode::Restore && shown_source_ == MaskSource::Random) {
    shown_source_ = MaskSource::Painted;
    mask_source_->setCurrentIndex(static_cast<int>(shown_source_));
  }
  showMaskSource();
}

void DegradationPanel::showMaskSource() {
  const bool own_mask = info().takes_mask && shown_source_ != MaskSource::Random;
  mask_tools_->setVisible(own_mask);
  paint_->setVisible(own_mask);
  if (info().takes_mask) params_->setEnabled(!own_mask);  // they are about the random mask
  params_->setVisible(!info().parameters.empty() && (face_ == Face::Full || !own_mask));
  emit maskPaintingChanged(isPainting());
}

NoiseChoice DegradationPanel::noise() const {
  NoiseChoice choice;
  choice.id = noise_kind_->currentData().toString().toStdString();
  choice.values = noise_->values();
  return choice;
}

void DegradationPanel::setNoise(const NoiseChoice& choice) {
  const QSignalBlocker quiet(noise_kind_);
  noise_kind_->setCurrentIndex(std::max(0, noise_kind_->findData(QString::fromStdString(choice.id))));
  showNoiseKind();
  noise_->setValues(choice.values);
}

void DegradationPanel::showNoiseKind() {
  const auto& info = catalogue_.noise(noise_kind_->currentData().toString().toStdString());
  noise_->setSpecs(info.parameters);
  if (const auto usual = usualNoise(); usual.id == info.id) noise_->setDefaults(usual.values);
  noise_->setVisible(!info.parameters.empty());
  noise_kind_->setToolTip(catalogueText(info.help));
}

}  // namespace p2l::ui
