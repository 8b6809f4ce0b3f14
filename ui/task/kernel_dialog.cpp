// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/task/kernel_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QPushButton>
#include <QVBoxLayout>
#include <utility>

#include "core/api/files.h"
#include "core/insight/point_spread.h"
#include "ui/base/frame_image.h"
#include "ui/document/run_model.h"
#include "ui/language/numbers.h"
#include "ui/style/sentence_label.h"
#include "ui/style/studio_style.h"
#include "ui/style/tab_order.h"
#include "ui/task/kernel_canvas.h"
#include "ui/widgets/file_filters.h"

namespace p2l::ui {
namespace {

constexpr double kLargestSeed = 2147483647.0;

/// A comma and a point are both what stands before its decimals, in every language.
class NumberBox : public QDoubleSpinBox {
 public:
  explicit NumberBox(QWidget* parent) : QDoubleSpinBox(parent) { setLocale(numberLocale()); }

 protected:
  QValidator::State validate(QString& text, int& position) const override {
    text = withLocalMark(text, locale());
    return QDoubleSpinBox::validate(text, position);
  }
};

double valueOr(const ParamValues& values, const char* key, double otherwise) {
  const auto found = values.find(key);
  const auto* number = found != values.end() ? std::get_if<double>(&found->second) : nullptr;
  return number != nullptr ? *number : otherwise;
}

}  // namespace

KernelDialog::KernelDialog(RunModel* document, QWidget* parent) : QDialog(parent), document_(document) {
  setWindowTitle(tr("Blur kernel"));
  auto* column = new QVBoxLayout(this);
  canvas_ = new KernelCanvas(this);
  form_ = new QFormLayout;
  buildRows(form_);
  note_ = new SentenceLabel(this);
  buttons_ = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
  buttons_->button(QDialogButtonBox::Ok)->setText(tr("&Use this kernel"));
  makePrimary(buttons_->button(QDialogButtonBox::Ok));
  clear_ = buttons_->addButton(tr("&Clear drawing"), QDialogButtonBox::ResetRole);
  clear_->setToolTip(tr("Begin the drawing again"));
  column->addWidget(canvas_, 1);
  column->addLayout(form_);
  column->addWidget(note_);
  column->addWidget(buttons_);
  connect(clear_, &QPushButton::clicked, canvas_, &KernelCanvas::clearDrawn);
  connect(canvas_, &KernelCanvas::drawnChanged, this, &KernelDialog::showKernel);
  connect(buttons_, &QDialogButtonBox::accepted, this, &KernelDialog::accept);
  connect(buttons_, &QDialogButtonBox::rejected, this, &QDialog::reject);
  RestoreRequest settings;
  const auto pictures = document->pictures(settings);
  takeFrom(settings, pictures.kernel);
  connect(kind_, &QComboBox::currentIndexChanged, this, &KernelDialog::kindChanged);
  connect(kind_, &QComboBox::activated, this, [this](int kind) {
    if (kind == File) askFile();  // also in place of another file
  });
  kindChanged();
  new TabOrder(this);
}

QDoubleSpinBox* KernelDialog::number(QFormLayout* form, const QString& label, double low, double high, double value,
                                     const QString& unit, const QString& help) {
  auto* box = new NumberBox(this);
  box->setRange(low, high);
  box->setDecimals(high > 1000.0 ? 0 : 2);
  box->setValue(value);
  box->setSuffix(unit);
  box->setToolTip(help);
  box->setAccessibleName(label);
  form->addRow(label, box);
  connect(box, &QDoubleSpinBox::valueChanged, this, &KernelDialog::showKernel);
  return box;
}

void KernelDialog::buildRows(QFormLayout* form) {
  kind_ = new QComboBox(this);
  kind_->setAccessibleName(tr("Kind of blur"));
  kind_->setToolTip(tr("What blurred the photo"));
  kind_->addItems({tr("Straight movement"), tr("Soft (Gaussian)"), tr("Out of focus (disc)"),
                   tr("Shaken, a random way"), tr("Shaken, drawn"), tr("A picture from a file…")});
  form->addRow(tr("Kind"), kind_);
  const auto pixels = tr(" px");
  length_ = number(form, tr("Length"), 1, 100, 12, pixels, tr("How far it moved"));
  angle_ = number(form, tr("Angle"), 0, 180, 0, QStringLiteral("°"), tr("0 is horizontal, 90 vertical"));
  sigma_ = number(form, tr("Width"), 0.1, 20, 3, pixels, tr("Standard deviation of the Gaussian"));
  radius_ = number(form, tr("Radius"), 0.5, 30, 4, pixels, tr("Radius of the disc"));
  intensity_ = number(form, tr("Intensity"), 0, 1, 0.5, {}, tr("0 is a straight line, larger is longer and more bent"));
  seed_ = number(form, tr("Seed"), 0, kLargestSeed, 0, {}, tr("Another seed, another way"));
}

void KernelDialog::takeFrom(const RestoreRequest& request, std::shared_ptr<const Image> kernel) {
  const auto& values = request.degradation().values;
  if (kernel && !request.degradation().kernel.empty()) return takePicture(request.degradation(), std::move(kernel));
  if (request.degradation().id == "gaussian-blur") {
    kind_->setCurrentIndex(Gaussian);
    sigma_->setValue(valueOr(values, "sigma", 3));
  } else if (request.degradation().id == "defocus") {
    kind_->setCurrentIndex(Defocus);
    radius_->setValue(valueOr(values, "radius", 4));
  } else if (request.degradation().id == "motion-blur") {
    kind_->setCurrentIndex(Path);
    intensity_->setValue(valueOr(values, "intensity", 0.5));
    seed_->setValue(static_cast<double>(request.measurement_seed.value_or(request.seed)));
  } else if (request.degradation().id == "straight-motion-blur") {
    length_->setValue(valueOr(values, "length", 12));
    angle_->setValue(valueOr(values, "angle", 0));
  }
}

void KernelDialog::takePicture(const DegradationChoice& blur, std::shared_ptr<const Image> kernel) {
  const auto name = QString::fromStdString(blur.kernel);
  const bool drawn = !QFileInfo(name).isFile() && !blur.kernel_turned && kernel->width == KernelCanvas::kSide &&
                     kernel->height == KernelCanvas::kSide;
  kind_->setCurrentIndex(drawn ? Drawn : File);
  if (drawn) return canvas_->setDrawn(std::move(kernel));
  file_ = std::move(kernel);
  file_name_ = name;
  turned_ = blur.kernel_turned;
}

void KernelDialog::kindChanged() {
  const auto kind = kind_->currentIndex();
  const std::pair<QWidget*, bool> rows[] = {{length_, kind == Straight}, {angle_, kind == Straight},
                                            {sigma_, kind == Gaussian},  {radius_, kind == Defocus},
                                            {intensity_, kind == Path},  {seed_, kind == Path}};
  for (const auto& [box, shown] : rows) form_->setRowVisible(box, shown);
  canvas_->setDrawing(kind == Drawn);
  clear_->setVisible(kind == Drawn);
  showKernel();
}

void KernelDialog::askFile() {
  const auto path = QFileDialog::getOpenFileName(this, tr("Blur kernel"), {}, pictureFilter());
  path.isEmpty() ? showKernel() : openKernel(path);
}

void KernelDialog::openKernel(const QString& path) {
  kind_->setCurrentIndex(File);
  work_.start([path] { return std::shared_ptr<const Image>(std::make_shared<Image>(readKernel(path.toStdString()))); },
              [this, path](const std::shared_ptr<const Image>& kernel, const QString& problem) {
                file_ = kernel;
                file_name_ = path;
                turned_ = false;
                showKernel();
                if (!problem.isEmpty()) note_->setSentence(problem);
              });
}

RestoreRequest KernelDialog::request() const {
  auto request = document_->request();
  const auto former = request.degradation().id;
  auto& task = request.degradation();
  task = {};
  switch (kind_->currentIndex()) {
    case Straight:
      task.id = "straight-motion-blur";
      task.values = {{"length", length_->value()}, {"angle", angle_->value()}};
      break;
    case Gaussian:
      task.id = "gaussian-blur";
      task.values = {{"sigma", sigma_->value()}};
      break;
    case Defocus:
      task.id = "defocus";
      task.values = {{"radius", radius_->value()}};
      break;
    case Path:
      task.id = "motion-blur";
      task.values = {{"intensity", intensity_->value()}};
      request.measurement_seed = static_cast<std::uint64_t>(seed_->value());
      break;
    case Drawn:
      task.id = "motion-blur";
      task.kernel = tr("drawn").toStdString();
      break;
    default:
      task.id = "motion-blur";
      task.kernel = file_name_.toStdString();
      task.kernel_turned = turned_;
  }
  if (task.id != former) request.preset.clear();
  return request;
}

std::shared_ptr<const Image> KernelDialog::kernel() const {
  if (kind_->currentIndex() == Drawn) return canvas_->drawn();
  return kind_->currentIndex() == File ? file_ : nullptr;
}

void KernelDialog::showKernel() {
  const auto kind = kind_->currentIndex();
  const bool missing = (kind == Drawn || kind == File) && !kernel();
  buttons_->button(QDialogButtonBox::Ok)->setEnabled(!missing);
  note_->setSentence(kind == File && file_ ? tr("%1, %2 × %3").arg(file_name_).arg(file_->width).arg(file_->height)
                                           : QString());
  if (missing) return canvas_->setPicture({});
  if (kind == Drawn) return;  // the canvas shows it while it is drawn
  work_.start([request = request(),
               kernel = kernel()] { return qimageFromImage(pointSpread(request, kernel ? *kernel : Image())); },
              [this, id = ++newest_](const QImage& picture, const QString& problem) {
                if (id != newest_) return;
                canvas_->setPicture(picture);
                if (!problem.isEmpty()) note_->setSentence(problem);
              });
}

void KernelDialog::accept() {
  RestoreRequest former;
  auto pictures = document_->pictures(former);
  pictures.mask = {};
  pictures.kernel = kernel();
  document_->recall(request(), pictures);
  QDialog::accept();
}

}  // namespace p2l::ui
