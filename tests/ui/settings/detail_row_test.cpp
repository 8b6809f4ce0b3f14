// SPDX-License-Identifier: GPL-3.0-or-later
// The row between faithful and sharp: there for a model with a second decoder, and one with the sampler's value.
#include "ui/settings/detail_row.h"

#include <QLabel>
#include <QSettings>
#include <QStandardPaths>
#include <QtTest>
#include <memory>

#include "core/api/measure.h"
#include "ui/document/run_model.h"
#include "ui/settings/param_panel.h"
#include "ui/settings/solver_panel.h"

using namespace p2l;

class DetailRowTest : public QObject {
  Q_OBJECT

 private:
  const Catalogue catalogue_ = readCatalogue();
  std::unique_ptr<ui::RunModel> model_;
  std::unique_ptr<ui::SolverPanel> solver_;
  std::unique_ptr<QWidget> window_;
  ui::DetailRow* row_ = nullptr;

  void load(bool second_decoder) {
    ModelInfo info;
    info.name = "other";
    info.second_decoder = second_decoder;
    model_->modelLoaded(info, 0.1);
  }

 private slots:
  void initTestCase() {
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(QStringLiteral("p2l-studio-test"));
    QCoreApplication::setApplicationName(QStringLiteral("detail-row"));
    QSettings().clear();
  }
  void init() {
    model_ = std::make_unique<ui::RunModel>();
    model_->setCatalogue(&catalogue_);
    solver_ = std::make_unique<ui::SolverPanel>(catalogue_, nullptr);
    window_ = std::make_unique<QWidget>();
    row_ = new ui::DetailRow(catalogue_, model_.get(), solver_.get(), window_.get());
  }
  void cleanup() {
    window_.reset();
    solver_.reset();
    model_.reset();
  }

  void itIsThereForAModelThatHasASecondDecoder() {
    QVERIFY(row_->isHidden());
    load(false);
    QVERIFY(row_->isHidden());
    load(true);
    QVERIFY(!row_->isHidden());
    QStringList texts;
    for (const auto* label : row_->findChildren<QLabel*>()) texts << label->text();
    QVERIFY(texts.indexOf(QStringLiteral("faithful")) >= 0);
    QVERIFY(texts.indexOf(QStringLiteral("faithful")) < texts.indexOf(QStringLiteral("sharp")));
    model_->modelFailed(QStringLiteral("The model is gone."));
    QVERIFY(row_->isHidden());
  }

  void itsValueIsTheSamplersBothWays() {
    load(true);
    row_->panel()->changeValues({{"detail", 0.75}}, QStringLiteral("detail"));
    QCOMPARE(numberOf(solver_->sampler()->values(), "detail"), 0.75);
    auto request = model_->request();
    request.sampler_values["detail"] = 0.25;
    model_->changeSolver(request);
    QCOMPARE(numberOf(row_->panel()->values(), "detail"), 0.25);
  }
};

QTEST_MAIN(DetailRowTest)
#include "detail_row_test.moc"
