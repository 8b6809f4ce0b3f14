// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/preset_dialog.h"

#include <QLabel>
#include <QListWidget>
#include <QTemporaryDir>
#include <QtTest>

#include "core/api/presets.h"
#include "core/api/session.h"
#include "ui/document/run_model.h"

using namespace p2l;

class PresetDialogTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir home_;
  std::unique_ptr<ui::RunModel> document_;
  std::unique_ptr<ui::PresetDialog> dialog_;

  QStringList names() const {
    QStringList names;
    auto* list = dialog_->findChild<QListWidget*>();
    for (int row = 0; row < list->count(); ++row) names << list->item(row)->text().section(QStringLiteral(" ("), 0, 0);
    return names;
  }
  QString shown() const { return dialog_->findChild<QListWidget*>()->currentItem()->text(); }
  QString note() const { return dialog_->findChild<QLabel*>()->text(); }
  void choose(int row) { dialog_->findChild<QListWidget*>()->setCurrentRow(row); }
  double stepsOf(const char* label) const {
    return numberOf(ownPresetOf(Session().catalogue(), label)->sampler_values, "steps");
  }
  void setSteps(double steps) {
    auto request = document_->request();
    request.sampler_values["steps"] = steps;
    document_->changeSolver(request);
  }

 private slots:
  void init() {
    qputenv("XDG_DATA_HOME", home_.path().toLocal8Bit());
    document_ = std::make_unique<ui::RunModel>();
    auto request = document_->request();
    request.solver = "p2l";
    document_->changeSolver(request);
    dialog_ = std::make_unique<ui::PresetDialog>(Session().catalogue(), document_.get());
  }

  void noNameTakesAnothersPresetAway() {
    setSteps(10);
    dialog_->save(QStringLiteral("Alpha"));
    QCOMPARE(names(), QStringList(QStringLiteral("Alpha")));
    setSteps(20);
    dialog_->save(QStringLiteral("Alpha!"));  // the same id, were it free
    QCOMPARE(names().size(), 2);
    QVERIFY(shown().startsWith(QStringLiteral("Alpha!")));
    QCOMPARE(stepsOf("Alpha"), 10.0);
    QCOMPARE(stepsOf("Alpha!"), 20.0);
    choose(names().indexOf(QStringLiteral("Alpha")));
    dialog_->rename(QStringLiteral("Beta"));
    setSteps(30);
    dialog_->save(QStringLiteral("Alpha"));
    QCOMPARE(names().size(), 3);
    QCOMPARE(stepsOf("Beta"), 10.0);
    QCOMPARE(stepsOf("Alpha"), 30.0);
    setSteps(40);
    dialog_->save(QStringLiteral("alpha"));  // asked for before: in its place
    QCOMPARE(names().size(), 3);
    QCOMPARE(stepsOf("alpha"), 40.0);
  }

  void aNameThatAnotherHasIsRefused() {
    dialog_->save(QStringLiteral("One"));
    dialog_->save(QStringLiteral("Two"));
    dialog_->rename(QStringLiteral("one"));
    QVERIFY2(note().contains(QStringLiteral("already")), qPrintable(note()));
    dialog_->rename(QStringLiteral("---"));
    QVERIFY2(note().contains(QStringLiteral("letter or a digit")), qPrintable(note()));
    QVERIFY(names().contains(QStringLiteral("One")) && names().contains(QStringLiteral("Two")));
  }
};

QTEST_MAIN(PresetDialogTest)
#include "preset_dialog_test.moc"
