// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exports/report_export.h"

#include <QFileInfo>
#include <cmath>

#include "core/api/files.h"
#include "ui/base/png_url.h"
#include "ui/language/numbers.h"
#include "ui/language/words.h"

namespace p2l::ui {
namespace {

QString figure(const QString& title, const QString& url, const QString& download = {}) {
  const auto image = QStringLiteral("<img src=\"%1\" alt=\"%2\">").arg(url, title.toHtmlEscaped());
  const auto linked =
      download.isEmpty() ? image : QStringLiteral("<a href=\"%1\" download=\"%2\">%3</a>").arg(url, download, image);
  return QStringLiteral("<figure>%1<figcaption>%2</figcaption></figure>").arg(linked, title.toHtmlEscaped());
}

QString row(const QString& name, const QString& value) {
  return QStringLiteral("<tr><th>%1</th><td>%2</td></tr>").arg(name.toHtmlEscaped(), value.toHtmlEscaped());
}

QString row(const QString& name, double value, int digits, const QString& unit = {}) {
  return std::isfinite(value) ? row(name, numberText(value, digits) + unit) : QString();
}

QString valueRows(const ParamValues& values) {
  QString rows;
  for (const auto& [key, value] : values) rows += row(QString::fromStdString(key), valueText(value));
  return rows;
}

QString stepRows(const std::vector<StepReport>& steps) {
  QString rows;
  for (const auto& step : steps) {
    const auto number = [](double value) { return numberOrDash(value, 5, shortNumber); };
    rows += QStringLiteral("<tr><td>%1</td><td>%2</td><td>%3</td><td>%4</td></tr>")
                .arg(step.step)
                .arg(step.timestep)
                .arg(number(step.residual), number(step.psnr));
  }
  return rows;
}

QString quoted(const QString& text) {
  return QLatin1Char('\'') + QString(text).replace(QLatin1Char('\''), QStringLiteral("'\\''")) + QLatin1Char('\'');
}

}  // namespace

QString reportHtml(const ReportParts& parts, const QString& name) {
  const auto& outcome = parts.result->outcome;
  const auto& report = outcome.report;
  const auto& request = report.request;
  const auto label = parts.photo->label;
  const auto base = QFileInfo(label).completeBaseName();
  const auto file = base + QStringLiteral("-restored.png");
  QString html = QStringLiteral(
      "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>%1</title><style>body{font:16px sans-serif;"
      "margin:2em auto;max-width:70em;padding:0 1em}figure{display:inline-block;margin:0 1em 1em 0;max-width:31%}"
      "img{max-width:100%;display:block}figcaption{color:#444}table{border-collapse:collapse;margin:1em 0}"
      "th,td{text-align:left;padding:.15em 1em .15em 0;font-variant-numeric:tabular-nums}pre{background:#eee;"
      "padding:1em;white-space:pre-wrap}</style></head><body>\n");
  html = html.arg(label.toHtmlEscaped());
  html += QStringLiteral("<h1>%1</h1>\n").arg(label.toHtmlEscaped());
  const int bits = parts.photo->photo->origin.bits;
  html += figure(tr("Photo"), pngUrl(parts.photo->photo->image, bits), label);
  if (!parts.before.isNull()) html += figure(tr("Measurement"), pngUrl(parts.before));
  html += figure(
      tr("Restored"),
      pngUrl(outcome.picture, bits, jsonForPicture(request, report), requestPicturesFrom(parts.result->given)), file);
  html += QStringLiteral("\n<h2>%1</h2>\n<table>").arg(tr("Numbers"));
  html += row(tr("Solver"), parts.solver) +
          row(tr("Task"), parts.task.isEmpty() ? QString::fromStdString(request.degradation().id) : parts.task) +
          row(tr("Model"), QString::fromStdString(report.model.name)) +
          row(QStringLiteral("SHA-256"), QString::fromStdString(report.model.sha256)) +
          row(QStringLiteral("PSNR"), report.metric("psnr"), 2, QStringLiteral(" dB")) +
          row(QStringLiteral("SSIM"), report.metric("ssim"), 4) +
          row(QStringLiteral("LPIPS (Alex)"), report.metric("lpips_alex"), 4) +
          row(QStringLiteral("LPIPS (VGG)"), report.metric("lpips_vgg"), 4) + row(tr("Residual"), report.residual, 3) +
          row(tr("Noise level"), report.noise_level, 3) + row(tr("Seconds"), report.seconds, 1);
  for (const auto& [part, version] : report.versions)
    html += row(QString::fromStdString(part), QString::fromStdString(version));
  html += QStringLiteral("</table>\n<h2>%1</h2>\n<table>").arg(tr("Settings"));
  html +=
      valueRows(request.degradation().values) + valueRows(request.solver_values) + valueRows(request.sampler_values);
  html += row(tr("noise"), localNumbers(noiseText(request.noise))) + row(tr("seed"), QString::number(request.seed));
  if (!request.crop.empty()) html += row(tr("crop"), QString::fromStdString(request.crop));
  html += QStringLiteral("</table>\n");
  for (const auto& remark : report.remarks)
    html += QStringLiteral("<p>%1.</p>\n").arg(catalogueText(remark).toHtmlEscaped());
  const auto page = name.isEmpty() ? base + QStringLiteral(".html") : name;
  const auto again = quoted(base + QStringLiteral("-again.png")).toHtmlEscaped();
  html += QStringLiteral("<h2>%1</h2>\n<p>%2</p>\n<pre>p2l restore --request %3 --out %4</pre>\n")
              .arg(tr("Run it again"),
                   tr("This file holds the photo, and the restored picture with its request, mask and kernel. The "
                      "command takes them out of it."),
                   quoted(page).toHtmlEscaped(), again);
  html += QStringLiteral("<p>%1</p>\n<pre>p2l restore %2 --request %3 --out %4</pre>\n")
              .arg(tr("Or save the photo and the restored picture, by a click on each, and run it from these files."),
                   quoted(label).toHtmlEscaped(), quoted(file).toHtmlEscaped(), again);
  html += QStringLiteral("<details><summary>%1</summary><pre id=\"request\">%2</pre></details>\n")
              .arg(tr("The request"), QString::fromStdString(jsonFromRequest(request)).toHtmlEscaped());
  if (!report.steps.empty()) {
    html += QStringLiteral(
                "<details><summary>%1</summary><table><tr><th>%2</th><th>t</th><th>%3</th><th>PSNR</th></tr>%4"
                "</table></details>\n")
                .arg(tr("Steps"), tr("Step"), tr("Residual"), stepRows(report.steps));
  }
  return html + QStringLiteral("</body></html>\n");
}

void writeReport(const ReportParts& parts, const QString& path) {
  writeTextFile(path.toStdString(), reportHtml(parts, QFileInfo(path).fileName()).toStdString());
}

}  // namespace p2l::ui
