// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/preset_dialog.h"

#include <QApplication>
#include <QLabel>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTimer>
#include <QTranslator>
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
    QCOMPARE(shown(), QStringLiteral("Alpha! (P2L)"));  // the solver by its label
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

  void anExportedPresetIsImportedElsewhere() {
    const auto file = home_.filePath(QStringLiteral("exported.json"));
    setSteps(12);
    dialog_->save(QStringLiteral("Travels"));
    dialog_->exportTo(file);
    QCOMPARE(note(), QString());
    const QTemporaryDir elsewhere;
    qputenv("XDG_DATA_HOME", elsewhere.path().toLocal8Bit());
    dialog_ = std::make_unique<ui::PresetDialog>(Session().catalogue(), document_.get());
    QVERIFY(names().isEmpty());
    QSignalSpy changed(dialog_.get(), &ui::PresetDialog::changed);
    dialog_->importFrom(file);
    QCOMPARE(note(), QString());
    QCOMPARE(changed.count(), 1);
    QCOMPARE(names(), QStringList(QStringLiteral("Travels")));
    QCOMPARE(stepsOf("Travels"), 12.0);
    // One of its name is replaced after a question only.
    setSteps(34);
    dialog_->save(QStringLiteral("travels"));
    for (const auto answer : {QMessageBox::No, QMessageBox::Yes}) {
      bool asked = false;
      QTimer::singleShot(0, this, [&asked, answer] {
        auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
        if (box == nullptr) return;
        asked = box->text().contains(QStringLiteral("travels"));
        box->button(answer)->click();
      });
      dialog_->importFrom(file);
      QVERIFY(asked);
      QCOMPARE(names().size(), 1);
      QCOMPARE(stepsOf("Travels"), answer == QMessageBox::Yes ? 12.0 : 34.0);
    }
  }

  void aFileThatIsNoPresetIsOneSentence_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("words");
    QTest::newRow("missing") << QByteArray() << QStringLiteral("bad.json");
    QTest::newRow("no JSON") << QByteArray("{") << QStringLiteral("is not valid JSON");
    QTest::newRow("empty") << QByteArray("{\"presets\": []}") << QStringLiteral("holds no preset");
    QTest::newRow("another") << QByteArray("{\"steps\": 3}") << QStringLiteral("the array presets");
    QTest::newRow("unknown solver")
        << QByteArray(
               "{\"presets\": [{\"id\": \"x\", \"label\": \"X\", \"origin\": \"own\", \"model\": \"\", "
               "\"degradation\": \"\", \"solver\": \"of-tomorrow\"}]}")
        << QStringLiteral("unknown solver of-tomorrow");
  }
  void aFileThatIsNoPresetIsOneSentence() {
    QFETCH(QByteArray, text);
    QFETCH(QString, words);
    const auto path = home_.filePath(QStringLiteral("bad.json"));
    QFile::remove(path);
    if (!text.isEmpty()) {
      QFile file(path);
      QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    }
    const auto before = names();
    dialog_->importFrom(path);
    QVERIFY2(note().contains(words) && note().contains(QStringLiteral("bad.json")), qPrintable(note()));
    QCOMPARE(names(), before);
  }

  void aPresetOfAModelThatIsNotHereIsImportedWithASentence() {
    const auto path = home_.filePath(QStringLiteral("far.json"));
    for (const char* model : {"p2l-tiny", "/models/of-tomorrow"}) {
      QFile file(path);
      auto text = QByteArray(R"({"presets": [{"id": "far", "label": "Far", "origin": "own", "model": "MODEL",
                                              "degradation": "", "solver": "p2l"}]})");
      text.replace("MODEL", model);
      QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
      file.close();
      dialog_->importFrom(path);
      QVERIFY(names().contains(QStringLiteral("Far")));
      const bool unknown = model[0] == '/';
      QVERIFY2(note().isEmpty() != unknown, qPrintable(note()));
      for (const char* word : {"far.json", "/models/of-tomorrow", "Far"})
        QCOMPARE(note().contains(QLatin1String(word)), unknown);
      choose(names().indexOf(QStringLiteral("Far")));
      if (!unknown) removeOwnPreset(ownPresetOf(Session().catalogue(), "Far")->id);
      dialog_ = std::make_unique<ui::PresetDialog>(Session().catalogue(), document_.get());
    }
  }

  void refusalsAreSaidInGerman() {
    QTranslator german;
    QVERIFY(german.load(QStringLiteral(P2L_TRANSLATION)));
    QCoreApplication::installTranslator(&german);
    dialog_->save(QStringLiteral("Eins"));
    dialog_->save(QStringLiteral("Zwei"));
    dialog_->rename(QStringLiteral("eins"));
    QVERIFY2(note().contains(QStringLiteral("gibt schon eine Voreinstellung")), qPrintable(note()));
    dialog_->save(QStringLiteral("?"));
    QVERIFY2(note().contains(QStringLiteral("Buchstaben oder eine Ziffer")), qPrintable(note()));
    dialog_->importFrom(QStringLiteral("/no-such-file.json"));
    QVERIFY2(note().startsWith(QStringLiteral("Nichts importiert")), qPrintable(note()));
    QCoreApplication::removeTranslator(&german);
  }
};

QTEST_MAIN(PresetDialogTest)
#include "preset_dialog_test.moc"
