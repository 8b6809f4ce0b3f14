// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/curves/curves_data.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>
#include <cmath>

namespace p2l::ui {

namespace {

QString translated(const char* text) {
  return QCoreApplication::translate("p2l::ui::CurvesPlot", text);
}

QString field(double value) {
  return std::isfinite(value) ? QString::number(value, 'g', 9) : QString();
}

QString field(QString text) {
  if (!text.contains(QRegularExpression(QStringLiteral("[\",\r\n]")))) return text;
  return QLatin1Char('"') + text.replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"');
}

}  // namespace

double curveValue(CurvesPlot::Curve curve, const StepReport& report) {
  switch (curve) {
    case CurvesPlot::Curve::Residual:
      return report.residual;
    case CurvesPlot::Curve::Psnr:
      return report.psnr;
    case CurvesPlot::Curve::PromptDrift:
      return report.prompt_drift;
    case CurvesPlot::Curve::GradientNorm:
      return report.gradient_norm;
  }
  return kUnknown;
}

double projectionValue(CurvesPlot::Curve curve, const StepReport& report) {
  if (!report.projected) return kUnknown;
  const bool known = curve == CurvesPlot::Curve::Residual && std::isfinite(report.residual_projected);
  return known ? report.residual_projected : curveValue(curve, report);
}

QString curveName(CurvesPlot::Curve curve) {
  switch (curve) {
    case CurvesPlot::Curve::Residual:
      return translated(QT_TRANSLATE_NOOP("p2l::ui::CurvesPlot", "Residual"));
    case CurvesPlot::Curve::Psnr:
      return translated(QT_TRANSLATE_NOOP("p2l::ui::CurvesPlot", "PSNR"));
    case CurvesPlot::Curve::PromptDrift:
      return translated(QT_TRANSLATE_NOOP("p2l::ui::CurvesPlot", "Prompt drift"));
    case CurvesPlot::Curve::GradientNorm:
      return translated(QT_TRANSLATE_NOOP("p2l::ui::CurvesPlot", "Gradient norm"));
  }
  return {};
}

QString curveTitle(CurvesPlot::Curve curve) {
  switch (curve) {
    case CurvesPlot::Curve::Residual:
      return translated(QT_TRANSLATE_NOOP("p2l::ui::CurvesPlot", "Estimate's residual ‖y − A D(ẑ₀)‖"));
    case CurvesPlot::Curve::Psnr:
      return translated(QT_TRANSLATE_NOOP("p2l::ui::CurvesPlot", "PSNR of D(ẑ₀), dB"));
    case CurvesPlot::Curve::PromptDrift:
      return translated(QT_TRANSLATE_NOOP("p2l::ui::CurvesPlot", "Prompt drift ‖Cₜ − C₀‖"));
    case CurvesPlot::Curve::GradientNorm:
      return translated(QT_TRANSLATE_NOOP("p2l::ui::CurvesPlot", "Gradient norm ‖∇‖y − A D(ẑ₀)‖‖"));
  }
  return {};
}

bool curveMayBeLogarithmic(CurvesPlot::Curve curve) {
  return curve != CurvesPlot::Curve::Psnr;
}

QByteArray csvFromRuns(const std::vector<CurveRun>& runs) {
  QByteArray csv =
      "run,label,step,steps,t,residual,noise_level,psnr,prompt_drift,gradient_norm,seconds,projected,"
      "residual_projected\r\n";
  for (const CurveRun& run : runs) {
    for (const auto& [step, report] : run.steps) {
      const QStringList fields{QString::number(run.id),
                               field(run.label),
                               QString::number(step),
                               QString::number(report.steps),
                               QString::number(report.timestep),
                               field(report.residual),
                               field(run.noise_level),
                               field(report.psnr),
                               field(report.prompt_drift),
                               field(report.gradient_norm),
                               field(report.seconds),
                               report.projected ? QStringLiteral("1") : QStringLiteral("0"),
                               field(report.residual_projected)};
      csv += fields.join(QLatin1Char(',')).toUtf8() + "\r\n";
    }
  }
  return csv;
}

}  // namespace p2l::ui
