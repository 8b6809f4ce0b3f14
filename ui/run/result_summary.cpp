// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/result_summary.h"

#include <QPainter>
#include <cmath>

#include "ui/document/run_model.h"
#include "ui/language/numbers.h"
#include "ui/run/run_status.h"

namespace p2l::ui {
namespace {

/// `residual`: what is said of it.
QString briefly(const RunReport& report, const QString& residual) {
  QStringList parts;
  if (const double psnr = report.metric("psnr"); std::isfinite(psnr)) {
    parts << ResultSummary::tr("%1 dB").arg(numberText(psnr, 1));
    const double gain = psnr - report.psnrPlain();
    if (std::isfinite(gain))
      parts.last() += QStringLiteral(" (%1%2)").arg(gain < 0 ? "−" : "+").arg(numberText(std::abs(gain), 1));
  }
  if (const double lpips = report.lpips(); std::isfinite(lpips))
    parts << QStringLiteral("LPIPS %1").arg(numberText(lpips, 3));
  if (!residual.isEmpty()) parts << residual;
  return parts.join(QStringLiteral(" · "));
}

}  // namespace

ResultSummary::ResultSummary(RunModel* model, QWidget* parent) : QLabel(parent), model_(model) {
  setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);  // a long line must not widen the window
  setForegroundRole(QPalette::PlaceholderText);
  setAccessibleName(tr("Numbers of what is shown"));
  const auto showResult = [this](const ResultPtr& result) {
    discarded_ = !result;
    showNumbers();
  };
  connect(model, &RunModel::resultReady, this, showResult);
  connect(model, &RunModel::broughtBack, this, showResult);
  connect(model, &RunModel::resultRevised, this, &ResultSummary::showNumbers);
  connect(model, &RunModel::runningChanged, this, &ResultSummary::showNumbers);
  connect(model, &RunModel::cursorChanged, this, &ResultSummary::showNumbers);
  connect(model, &RunModel::stepAdded, this, &ResultSummary::showNumbers);
  connect(model, &RunModel::picturesChanged, this, &ResultSummary::showNumbers);
  for (const auto signal : {&RunModel::photoChanged, &RunModel::resultTaken}) {
    connect(model, signal, this, [this] {
      discarded_ = false;
      showNumbers();
    });
  }
  showNumbers();
}

QString ResultSummary::stepText(const StepReport& report) const {
  QStringList parts;
  const double goal = model_->stepsNoiseLevel();
  if (std::isfinite(report.residual)) {
    const auto residual = numberText(report.residual, 2);
    parts << (goal > 0 ? tr("residual %1 → goal %2").arg(residual, numberText(goal, 2))
                       : tr("residual %1").arg(residual));
  }
  if (std::isfinite(report.psnr)) parts << tr("%1 dB").arg(numberText(report.psnr, 2));
  if (report.projected) parts << tr("projected");
  parts << tr("%1 s").arg(numberText(report.seconds, 2));
  return parts.join(QStringLiteral(" · "));
}

QString ResultSummary::shortText(const RunReport& report) {
  return briefly(report, residualOfResultText(report, 1, /*goal=*/true));
}

QString ResultSummary::shortText(const RunReport& report, const QFontMetrics& metrics, int room) {
  for (const bool goal : {true, false}) {
    const auto whole = briefly(report, residualOfResultText(report, 1, goal));
    if (metrics.horizontalAdvance(whole) <= room) return whole;
  }
  return RunStatus::fitted(briefly(report, residualText(report, 1, /*goal=*/false)), metrics, room);
}

void ResultSummary::showNumbers() {
  const auto result = model_->result();
  const auto report = model_->reports().find(model_->cursor().step);
  QString text = model_->isRunning() ? tr("The numbers appear with the first step.") : tr("No result yet: press Run.");
  if (discarded_)
    text = tr("The picture was discarded to save memory; press Run.");
  else if (model_->showsResult())
    text = summaryText(result->outcome);
  else if (report != model_->reports().end())
    text = stepText(report->second);
  setText(text);
  setToolTip(
      QStringLiteral("<p>%1</p><p>%2</p>")
          .arg(text.toHtmlEscaped(),
               tr("PSNR, SSIM and LPIPS against the photo, with the PSNR of the measurement, or where it has holes of "
                  "Telea's fill, which a gain counts from, and of the autoencoder alone, which bounds every latent "
                  "solver that does not end on the data; ‖y − A x‖ of the result x, where the curve is of each step's "
                  "estimate, with the noise level σ√m as its goal; seconds.")));
  setAccessibleDescription(text);
}

QSize ResultSummary::minimumSizeHint() const {
  return {0, QLabel::minimumSizeHint().height()};
}

void ResultSummary::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setPen(palette().color(foregroundRole()));
  auto shown = text();
  if (fontMetrics().horizontalAdvance(shown) > width()) {
    shown = !discarded_ && model_->showsResult() ? shortText(model_->result()->outcome.report, fontMetrics(), width())
                                                 : RunStatus::fitted(shown, fontMetrics(), width());
  }
  painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter, shown);
}

}  // namespace p2l::ui
