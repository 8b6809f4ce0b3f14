// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/status_line.h"

#include <QFileInfo>
#include <QLabel>
#include <QPainter>
#include <algorithm>

#include "core/api/models.h"
#include "ui/document/run_model.h"
#include "ui/style/theme.h"
#include "ui/tools/pixel_readout.h"

namespace p2l::ui {
namespace {

constexpr int kHeight = 24;
constexpr int kWithPixel = 1000;
constexpr int kSide = 12, kGap = 16;

/// A label that is cut where there is no room.
class CutLabel : public QLabel {
 public:
  explicit CutLabel(const QString& name, QWidget* parent) : QLabel(parent) {
    setAccessibleName(name);
    setForegroundRole(QPalette::PlaceholderText);
  }
  QSize minimumSizeHint() const override { return {0, QLabel::minimumSizeHint().height()}; }
  void setWarning(bool warning) {
    warning_ = warning;
    update();
  }

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    painter.setPen(warning_ ? studioColours(palette()).warning : palette().color(foregroundRole()));
    painter.drawText(rect(), Qt::AlignVCenter | static_cast<int>(alignment() & Qt::AlignHorizontal_Mask),
                     fontMetrics().elidedText(text(), Qt::ElideRight, width()));
  }

 private:
  bool warning_ = false;
};

}  // namespace

StatusLine::StatusLine(RunModel* model, const ImageCanvas* canvas, QWidget* parent)
    : QStatusBar(parent), model_(model) {
  setSizeGripEnabled(false);
  setFixedHeight(kHeight);
  auto font = this->font();
  font.setPointSizeF(font.pointSizeF() * 0.92);
  setFont(font);
  setContentsMargins(10, 0, 10, 0);
  photo_ = new CutLabel(tr("Photo"), this);
  plan_ = new CutLabel(tr("What a run will do"), this);
  device_ = new CutLabel(tr("Model and device"), this);
  device_->setAlignment(Qt::AlignRight);
  addWidget(photo_);
  photo_->setContentsMargins(0, 0, 16, 0);
  addWidget(plan_, 1);
  auto* pixel = new PixelReadout(canvas, this);
  pixel->setForegroundRole(QPalette::PlaceholderText);
  addPermanentWidget(pixel);
  addPermanentWidget(device_);
  connect(this, &QStatusBar::messageChanged, this, &QWidget::setToolTip);  // a long path may be elided
  connect(model, &RunModel::photoChanged, this, &StatusLine::showPhoto);
  connect(model, &RunModel::needsChanged, this, &StatusLine::showPlan);
  connect(model, &RunModel::settingsChanged, this, &StatusLine::showModel);
  connect(model, &RunModel::modelChanged, this, &StatusLine::showModel);
  showPhoto();
  showModel();
}

QString StatusLine::photoText() const {
  return photo_->text();
}

QString StatusLine::planText() const {
  return plan_->text();
}

QWidget* StatusLine::end() const {
  return device_;
}

QString StatusLine::deviceText() const {
  return device_->text();
}

void StatusLine::showPhoto() {
  const auto* photo = model_->photo();
  if (photo == nullptr) return photo_->setText(tr("No photo"));
  const auto& image = photo->photo->image;
  QStringList parts{photo->label, tr("%1 × %2").arg(image.width).arg(image.height),
                    image.channels <= 2 ? tr("grey") : tr("sRGB"), tr("%1 bit").arg(photo->photo->origin.bits)};
  if (image.hasAlpha()) parts << tr("alpha");
  photo_->setText(parts.join(QStringLiteral(" · ")));
  photo_->setToolTip(photo->path);
}

void StatusLine::showPlan() {
  const auto& needs = model_->needs();
  const bool warning = (needs.is_long || needs.too_much) && !needs.advice.isEmpty();
  const auto text = warning ? QStringLiteral("%1 %2").arg(needs.advice, needs.plan) : needs.plan;
  plan_->setText(text);
  plan_->setToolTip(text);
  static_cast<CutLabel*>(plan_)->setWarning(warning);
}

void StatusLine::askForDevice(const std::string& device) {
  if (device == device_asked_) return;
  device_asked_ = device;
  device_name_.clear();
  looking_.start([device] { return QString::fromStdString(deviceName(device)); },
                 [this, device](const QString& name, const QString& problem) {
                   if (device != device_asked_ || !problem.isEmpty()) return;  // a run says what is wrong
                   device_name_ = name;
                   showModel();
                 });
}

void StatusLine::showModel() {
  const auto request = model_->request();
  askForDevice(request.device);
  const auto name = QFileInfo(QString::fromStdString(request.model)).fileName();
  const auto device = device_name_.isEmpty() ? QString::fromStdString(request.device) : device_name_;
  const auto shown = device == QLatin1String("auto")  ? tr("automatic device")
                     : device == QLatin1String("cpu") ? tr("processor")
                                                      : device;
  device_->setText(QStringLiteral("%1 · %2").arg(name, shown));
  device_->setToolTip(model_->loaded().problem.isEmpty() ? QString::fromStdString(model_->loaded().info.kind)
                                                         : model_->loaded().problem);
}

void StatusLine::resizeEvent(QResizeEvent* event) {
  QStatusBar::resizeEvent(event);
  if (auto* pixel = findChild<PixelReadout*>()) pixel->setVisible(width() >= kWithPixel);
}

QRect StatusLine::messageRoom() const {
  QRect room = rect().adjusted(kSide, 0, -kSide, 0);
  const QWidget* pixel = findChild<PixelReadout*>();
  for (const QWidget* stays : {pixel, static_cast<const QWidget*>(device_)}) {
    if (stays != nullptr && stays->isVisible()) room.setRight(std::min(room.right(), stays->x() - kGap));
  }
  return room;
}

void StatusLine::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  const auto& colours = studioColours(palette());
  painter.fillRect(rect(), colours.panel);
  painter.fillRect(QRect(0, 0, width(), 1), colours.line);
  const bool note = !currentMessage().isEmpty();
  if (!note) return;
  painter.setPen(palette().color(QPalette::WindowText));
  const QRect room = messageRoom();
  painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
                   fontMetrics().elidedText(currentMessage(), Qt::ElideMiddle, room.width()));
}

}  // namespace p2l::ui
