// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/solver_panel.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QSignalSpy>
#include <QSlider>
#include <QStandardItemModel>
#include <QTemporaryDir>
#include <QUndoStack>
#include <QtEndian>
#include <QtTest>
#include <set>

#include "core/api/session.h"
#include "ui/base/model_store.h"
#include "ui/settings/param_panel.h"
#include "ui/widgets/seed_box.h"

using namespace p2l;
using ui::SolverPanel;

class SolverPanelTest : public QObject {
  Q_OBJECT

 private:
  Catalogue catalogue_ = Session().catalogue();
  std::unique_ptr<QUndoStack> undo_;
  std::unique_ptr<SolverPanel> panel_;

  double number(const std::string& key) const { return numberOf(panel_->params()->values(), key); }
  QComboBox* combo(const char* name) const {
    for (auto* each : panel_->findChildren<QComboBox*>()) {
      if (each->accessibleName() == QLatin1String(name)) return each;
    }
    return nullptr;
  }
  RestoreRequest written() const {
    RestoreRequest request;
    panel_->writeTo(request);
    return request;
  }
  RestoreRequest completed(const std::string& degradation, const ParamValues& values = {}) const {
    RestoreRequest request;
    request.degradation().id = degradation;
    request.degradation().values = values;
    if (!catalogue_.degradation(degradation).linear) request.solver = "ldps";
    return catalogue_.complete(request);
  }

  /// A model, not of the catalogue, that the solver works on.
  ModelInfo modelFor(const std::string& solver) const {
    ModelInfo model;
    model.name = "other";
    model.model_kind = catalogue_.solver(solver).model_kind;
    return model;
  }
  bool canBeChosen(const std::string& solver) const {
    auto* box = combo("Solver");
    const auto index = box->model()->index(box->findData(QString::fromStdString(solver)), 0);
    return index.flags().testFlag(Qt::ItemIsEnabled);
  }

 private slots:
  void initTestCase() {
    QCoreApplication::setOrganizationName(QStringLiteral("p2l-studio-test"));
    QCoreApplication::setApplicationName(QStringLiteral("solver-panel"));
  }
  void init() {
    QSettings().clear();
    undo_ = std::make_unique<QUndoStack>();
    panel_ = std::make_unique<SolverPanel>(catalogue_, undo_.get());
    panel_->resize(panel_->minimumSizeHint().width(), 900);
    panel_->show();
  }
  void cleanup() {
    panel_.reset();
    undo_.reset();
  }

  void beginsWithTheValuesOfAnOpenRequest_data() {
    QTest::addColumn<QString>("degradation");
    for (const auto& each : catalogue_.degradations) QTest::newRow(each.id.c_str()) << QString::fromStdString(each.id);
  }
  void beginsWithTheValuesOfAnOpenRequest() {
    QFETCH(QString, degradation);
    panel_->setDegradation(degradation.toStdString());
    const auto request = completed(degradation.toStdString());
    QCOMPARE(panel_->solver(), request.solver);
    QVERIFY(written().solver_values == request.solver_values);
    QVERIFY(written().sampler_values == request.sampler_values);
    const auto* standard = catalogue_.defaultPreset(request);
    QVERIFY(standard != nullptr);
    QCOMPARE(panel_->preset(), standard->id);
  }

  void aPresetForTheTasksValuesFollowsThemUntilAPersonChooses() {
    panel_->setDegradation("sr", "", {{"factor", 4.0}});
    QCOMPARE(panel_->preset(), std::string("p2l-tiny-sr"));
    panel_->setDegradation("sr", "", {{"factor", 8.0}});
    QCOMPARE(panel_->preset(), std::string("p2l-tiny-sr-8"));
    QVERIFY(written().solver_values == completed("sr", {{"factor", 8.0}}).solver_values);
    panel_->setDegradation("sr", "", {{"factor", 4.0}});
    QCOMPARE(panel_->preset(), std::string("p2l-tiny-sr"));
    panel_->params()->changeValues({{"K", 5.0}}, "K");
    panel_->setDegradation("sr", "", {{"factor", 8.0}});
    QCOMPARE(panel_->preset(), std::string());
    QCOMPARE(numberOf(written().solver_values, "K"), 5.0);
  }

  void solversThatNeedALinearDegradationAreGreyedWhereItIsNot() {
    const auto* items = qobject_cast<QStandardItemModel*>(combo("Solver")->model());
    const auto greyed = [&] {
      std::set<std::string> ids;
      for (int i = 0; i < items->rowCount(); ++i) {
        if (!items->item(i)->isEnabled()) ids.insert(combo("Solver")->itemData(i).toString().toStdString());
      }
      return ids;
    };
    std::set<std::string> always, needy;  // those of pixels do not suit the embedded model, whatever the degradation
    for (const auto& each : catalogue_.solvers) {
      if (each.model_kind == ModelKind::Pixel) always.insert(each.id);
      if (each.needs_linear || always.count(each.id)) needy.insert(each.id);
    }
    QVERIFY(needy.count("p2l"));
    QVERIFY(greyed() == always);
    panel_->setDegradation("jpeg");
    QVERIFY(greyed() == needy);
    QCOMPARE(panel_->solver(), std::string("ldps"));
    panel_->setDegradation("sr");
    QVERIFY(greyed() == always);
    panel_->setSolver("p2l");
    panel_->setDegradation("sr", "jpeg");
    QVERIFY(greyed() == needy);
    QVERIFY(panel_->solver() != "p2l");
    panel_->setDegradation("sr");
    QVERIFY(greyed() == always);
  }

  void aRecalledEmbeddingIsKeptUntilATextIsTyped() {
    auto request = completed("sr");
    request.embedding = "tuned.safetensors";
    panel_->readFrom(request);
    QCOMPARE(written().embedding, request.embedding);
    QLineEdit* prompt = nullptr;
    for (auto* each : panel_->findChildren<QLineEdit*>()) prompt = each->accessibleName() == "Prompt" ? each : prompt;
    QVERIFY(prompt != nullptr);
    QVERIFY(prompt->placeholderText().contains(QStringLiteral("tuned.safetensors")));
    QTest::keyClicks(prompt, QStringLiteral("a cat"));
    QVERIFY(written().embedding.empty());
    QCOMPARE(written().prompt, std::string("a cat"));
  }

  void anEmbeddingTakesThePlaceOfTheTextUntilItIsCleared() {
    QAbstractButton *from_file = nullptr, *clear = nullptr;
    for (auto* each : panel_->findChildren<QAbstractButton*>()) {
      if (each->accessibleName() == QLatin1String("Start from an embedding in a file")) from_file = each;
      if (each->accessibleName() == QLatin1String("Clear the embedding")) clear = each;
    }
    QVERIFY(from_file != nullptr && clear != nullptr);
    const auto shown = [&] {
      for (auto* label : panel_->findChildren<QLabel*>()) {
        if (label->isVisible() && label->text().startsWith(QStringLiteral("Starts from the embedding "))) return label;
      }
      return static_cast<QLabel*>(nullptr);
    };
    QSignalSpy wanted(panel_.get(), &SolverPanel::embeddingWanted), changed(panel_.get(), &SolverPanel::changed);
    from_file->click();
    QCOMPARE(wanted.count(), 1);
    QLineEdit* prompt = nullptr;
    for (auto* each : panel_->findChildren<QLineEdit*>()) prompt = each->accessibleName() == "Prompt" ? each : prompt;
    QVERIFY(prompt != nullptr);
    prompt->setText(QStringLiteral("a cat"));
    QVERIFY(shown() == nullptr && !clear->isVisible());

    changed.clear();
    panel_->startFrom(QStringLiteral("/photos/chelsea.safetensors"));
    QVERIFY(changed.count() > 0);
    QCOMPARE(written().embedding, std::string("/photos/chelsea.safetensors"));
    QVERIFY(written().prompt.empty() && prompt->text().isEmpty());
    catalogue_.complete(written());  // throws when both are there
    QVERIFY(shown() != nullptr && clear->isVisible());
    QCOMPARE(shown()->text(), QStringLiteral("Starts from the embedding chelsea.safetensors"));
    QCOMPARE(shown()->toolTip(), QStringLiteral("/photos/chelsea.safetensors"));

    panel_->showModel(modelFor("dps"));  // reads no text
    QVERIFY(shown() == nullptr && !from_file->isEnabled() && !panel_->readsText());
    QVERIFY(written().embedding.empty());
    panel_->showModel(modelFor("p2l"));
    QVERIFY(shown() != nullptr && from_file->isEnabled());
    QCOMPARE(written().embedding, std::string("/photos/chelsea.safetensors"));

    changed.clear();
    clear->click();
    QCOMPARE(changed.count(), 1);
    QVERIFY(written().embedding.empty());
    QVERIFY(shown() == nullptr);
    panel_->startFrom(QStringLiteral("/photos/%1.safetensors").arg(QString(200, QLatin1Char('x'))));
    QVERIFY(panel_->minimumSizeHint().width() <= 330);  // a long name is shortened
    QTest::keyClicks(prompt, QStringLiteral("a"));
    QVERIFY(shown() == nullptr && written().embedding.empty());
  }

  void theWordOfATextualInversionStaysInTheText() {
    QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("style.safetensors"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QByteArray header(R"({"emb_params":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}})");
    while (header.size() % 8 != 0) header.append(' ');
    const auto length = qToLittleEndian<quint64>(static_cast<quint64>(header.size()));
    file.write(reinterpret_cast<const char*>(&length), sizeof length);
    file.write(header + QByteArray(8, '\0'));
    file.close();
    QLineEdit* prompt = nullptr;
    for (auto* each : panel_->findChildren<QLineEdit*>()) prompt = each->accessibleName() == "Prompt" ? each : prompt;
    QVERIFY(prompt != nullptr);
    prompt->setText(QStringLiteral("a photo"));
    panel_->startFrom(path);
    QCOMPARE(written().prompt, std::string("a photo, style"));
    QCOMPARE(written().embedding, path.toStdString());
    catalogue_.complete(written());  // both together are fine here
    QTest::keyClicks(prompt, QStringLiteral(" of a cat"));
    QCOMPARE(written().prompt, std::string("a photo, style of a cat"));
    QCOMPARE(written().embedding, path.toStdString());
    const auto request = written();
    panel_->startFrom(QStringLiteral("/photos/tuned.safetensors"));
    QVERIFY(written().prompt.empty());
    panel_->readFrom(request);
    QCOMPARE(written().prompt, request.prompt);
    QCOMPARE(written().embedding, request.embedding);
  }

  void theFourOfThePaperComeFirst() {
    panel_->show();
    int last = -1;
    for (const char* key : {"K", "gamma", "lambda", "rho"}) {
      auto* editor = panel_->params()->editorOf(key);
      QVERIFY2(editor != nullptr && editor->isVisible(), key);
      QVERIFY2(editor->mapTo(panel_.get(), QPoint()).y() > last, key);
      last = editor->mapTo(panel_.get(), QPoint()).y();
    }
    for (const auto& spec : catalogue_.solver("p2l").parameters) {
      auto* editor = panel_->params()->editorOf(spec.key);
      const bool first = spec.key == "K" || spec.key == "gamma" || spec.key == "lambda" || spec.key == "rho";
      QVERIFY2(first || !editor->isVisible() || editor->mapTo(panel_.get(), QPoint()).y() > last, spec.key.c_str());
    }
  }

  void aPresetSetsTheValuesAndIsUndone() {
    panel_->setDegradation("gaussian-blur");
    const auto before = written();
    auto* presets = combo("Preset");
    int paper = -1;
    for (int i = 0; i < presets->count(); ++i) {
      if (presets->itemData(i).toString().startsWith(QStringLiteral("paper-"))) paper = i;
    }
    QVERIFY(paper > 0);
    const auto& preset = catalogue_.preset(presets->itemData(paper).toString().toStdString());
    QSignalSpy changed(panel_.get(), &SolverPanel::changed);
    panel_->setPreset(preset.id);
    QVERIFY(changed.count() > 0);
    QCOMPARE(panel_->preset(), preset.id);
    for (const auto& [key, value] : preset.solver_values)
      QVERIFY2(written().solver_values.at(key) == value, key.c_str());
    for (const auto& [key, value] : preset.sampler_values) {
      QVERIFY2(written().sampler_values.at(key) == value, key.c_str());
    }
    QCOMPARE(undo_->count(), 1);
    QCOMPARE(written().preset, preset.id);
    undo_->undo();
    QVERIFY(written().preset.empty());
    QVERIFY(written().solver_values == before.solver_values);
    QVERIFY(written().sampler_values == before.sampler_values);
  }

  void aChangedValueIsAPersonsOwn() {
    const auto preset = panel_->preset();
    const double value = number("rho");
    panel_->params()->sliderOf("rho")->setValue(panel_->params()->sliderOf("rho")->value() > 500 ? 100 : 900);
    QVERIFY(number("rho") != value);
    QVERIFY(panel_->preset().empty());
    QCOMPARE(combo("Preset")->currentText(), QStringLiteral("Custom"));
    undo_->undo();
    QCOMPARE(number("rho"), value);
    QCOMPARE(panel_->preset(), preset);
  }

  void everyPresetIsTheRunThatTheCommandLineMakesOfIt() {
    for (const auto& preset : catalogue_.presets) {
      RestoreRequest asked;
      asked.preset = preset.id;
      asked.degradation().id = preset.degradation.empty() ? "motion-blur" : "";
      asked.solver.clear();
      asked.model.clear();
      const auto run = catalogue_.complete(asked);
      auto* models = panel_->models();
      models->choose(models->indexOf(QString::fromStdString(run.model)));
      panel_->setDegradation(run.degradation().id);
      panel_->setSolver(preset.solver);
      QCOMPARE(panel_->solver(), preset.solver);
      QSignalSpy wanted(panel_.get(), &SolverPanel::degradationValuesWanted);
      panel_->setPreset(preset.id);
      QCOMPARE(wanted.count(), preset.degradation_values.empty() ? 0 : 1);
      if (wanted.count() > 0) {
        QVERIFY(wanted[0][0].value<ParamValues>() == preset.degradation_values);
        panel_->setDegradation(run.degradation().id, "", run.degradation().values);
      }
      QCOMPARE(panel_->preset(), preset.id);
      const auto here = written();
      QVERIFY2(here.solver_values == run.solver_values, preset.id.c_str());
      QVERIFY2(here.sampler_values == run.sampler_values, preset.id.c_str());
      QCOMPARE(here.preset, preset.id);
      QCOMPARE(here.solver, run.solver);
      QCOMPARE(here.model, run.model);
    }
  }

  void aChangedPresetIsNamedAndSaysWhatWasChanged() {
    panel_->setDegradation("sr", "", {{"factor", 8.0}});
    QVERIFY2(written().preset.empty(), "nobody chose the one that is shown first");
    panel_->setPreset("paper-ffhq-sr");
    const auto shown = [&](const QString& part) {
      return combo("Preset")->toolTip().contains(part.toHtmlEscaped());  // not on the face: nothing there may move
    };
    QVERIFY(shown(QStringLiteral("From: paper Table 6 (FFHQ)")));
    panel_->params()->changeValues({{"K", 2.0}}, "K");
    QVERIFY(panel_->preset().empty());
    QCOMPARE(written().preset, std::string("paper-ffhq-sr"));
    QVERIFY(shown(QStringLiteral("The preset paper-ffhq-sr was changed: K = 2 in place of 5.")));
    panel_->setDegradation("sr", "", {{"factor", 4.0}});
    QVERIFY(shown(QStringLiteral("factor = 4 in place of 8, K = 2 in place of 5.")));
    panel_->setDegradation("sr", "", {{"factor", 8.0}});

    auto request = written();
    request.degradation().id = "sr";
    request.degradation().values = {{"factor", 8.0}};
    panel_->setDegradation("inpaint");
    QVERIFY2(written().preset.empty(), "it is for super-resolution");
    panel_->readFrom(request);
    QCOMPARE(written().preset, std::string("paper-ffhq-sr"));
    QCOMPARE(numberOf(written().solver_values, "K"), 2.0);
  }

  /// What no other widget shows of a run has a row by itself: the memory limit. A recalled request brings it back.
  void theOptionsOfARunAreStatedAndRecalled() {
    auto* memory = qobject_cast<QLineEdit*>(panel_->runOptions()->editorOf("memory"));
    QVERIFY(memory != nullptr);
    QCOMPARE(written().memory, std::string());
    QSignalSpy changed(panel_.get(), &ui::SolverPanel::changed);
    memory->setText(QStringLiteral("6G"));
    emit memory->editingFinished();
    QVERIFY(changed.count() > 0);
    const auto request = written();
    QCOMPARE(request.memory, std::string("6G"));
    panel_->readFrom(RestoreRequest());
    QCOMPARE(written().memory, std::string());
    panel_->readFrom(request);
    QCOMPARE(written().memory, std::string("6G"));
    QCOMPARE(memory->text(), QStringLiteral("6G"));
  }

  void theOtherSolverHasItsOwnRows() {
    panel_->setSolver("ldps");
    QVERIFY(panel_->params()->editorOf("K") == nullptr);
    QVERIFY(panel_->params()->editorOf("rho") != nullptr);
    QVERIFY(written().solver_values == completeValues(catalogue_.solver("ldps").parameters, {}, "ldps") ||
            !panel_->preset().empty());
    catalogue_.complete(written());  // throws when something does not fit
  }

  void aRequestComesBackAsItWas() {
    RestoreRequest request;
    request.degradation().id = "inpaint";
    request.solver = "p2l";
    request.solver_values = {{"K", 7.0}, {"rho", 0.123456}, {"z_update", std::string("adam")}, {"cg_steps", 11.0}};
    request.sampler_values = {{"steps", 77.0}};
    request.prompt = "a photo of a cat – ネコ";
    request.seed = 18446744073709551615ull;
    request.size = 200;
    request.device = "cpu";
    request = catalogue_.complete(request);
    panel_->readFrom(request);
    const auto back = written();
    QCOMPARE(back.solver, request.solver);
    QVERIFY(back.solver_values == request.solver_values);
    QVERIFY(back.sampler_values == request.sampler_values);
    QCOMPARE(back.prompt, request.prompt);
    QCOMPARE(back.seed, request.seed);
    QCOMPARE(back.size, request.size);
    QCOMPARE(back.device, request.device);
    QCOMPARE(back.model, request.model);
  }

  void theSeedTakesAllNumbersOf64Bits() {
    auto* seed = panel_->findChild<ui::SeedBox*>();
    seed->selectAll();
    QTest::keyClicks(seed, QStringLiteral("18446744073709551615"));
    QTest::keyClick(seed, Qt::Key_Return);
    QCOMPARE(written().seed, 18446744073709551615ull);
    seed->stepBy(1);
    QCOMPARE(written().seed, 18446744073709551615ull);
    seed->stepBy(-5);
    QCOMPARE(written().seed, 18446744073709551610ull);
    seed->setValue(2);
    seed->stepBy(-10);
    QCOMPARE(written().seed, 0ull);
    seed->selectAll();
    QTest::keyClicks(seed, QStringLiteral("-x7"));
    QTest::keyClick(seed, Qt::Key_Return);
    QCOMPARE(written().seed, 7ull);
  }

  void solversFollowTheModel() {
    QLineEdit* prompt = nullptr;
    for (auto* each : panel_->findChildren<QLineEdit*>()) prompt = each->accessibleName() == "Prompt" ? each : prompt;
    QVERIFY(prompt != nullptr);
    for (auto* each : panel_->findChildren<QLineEdit*>()) prompt = each->accessibleName() == "Prompt" ? each : prompt;
    prompt->setText(QStringLiteral("a cat"));
    QVERIFY(canBeChosen("p2l"));
    QVERIFY(!canBeChosen("dps"));
    auto* solvers = combo("Solver");
    const auto reason = solvers->itemData(solvers->findData(QStringLiteral("dps")), Qt::ToolTipRole).toString();
    QVERIFY2(reason.contains(QStringLiteral("pixel diffusion models")), qPrintable(reason));
    QSignalSpy changed(panel_.get(), &SolverPanel::changed);
    panel_->showModel(modelFor("dps"));
    QVERIFY(changed.count() > 0);
    for (const auto& each : catalogue_.solvers) {
      QVERIFY2(canBeChosen(each.id) == (each.model_kind != ModelKind::Latent), each.id.c_str());
    }
    QCOMPARE(catalogue_.solver(panel_->solver()).model_kind, ModelKind::Pixel);
    QVERIFY(!prompt->isEnabled());
    QVERIFY(written().prompt.empty());
    panel_->setSolver("dds");
    panel_->showModel(modelFor("dps"));  // one that fits stays
    QCOMPARE(panel_->solver(), std::string("dds"));
    panel_->showModel(modelFor("p2l"));
    QCOMPARE(panel_->solver(), std::string("p2l"));
    QCOMPARE(written().prompt, std::string("a cat"));
  }

  void thePromptOfAModelWithClassesIsAClass() {
    QLineEdit* prompt = nullptr;
    for (auto* each : panel_->findChildren<QLineEdit*>()) prompt = each->accessibleName() == "Prompt" ? each : prompt;
    QVERIFY(prompt != nullptr);
    auto model = modelFor("dps");
    model.classes = 1000;
    panel_->showModel(model);
    QVERIFY(prompt->isEnabled());
    QVERIFY2(prompt->placeholderText().contains(QStringLiteral("0 to 999")), qPrintable(prompt->placeholderText()));
    prompt->setText(QStringLiteral("207"));
    QCOMPARE(written().prompt, std::string("207"));
    panel_->showModel(modelFor("dps"));
    QVERIFY(!prompt->isEnabled());
    QVERIFY(written().prompt.empty());
  }

  void labelsShowNoAmpersand() {
    for (auto* label : panel_->findChildren<QLabel*>()) {
      if (label->text().contains(QLatin1Char('&')) && label->textFormat() != Qt::RichText) {
        QVERIFY2(label->buddy() != nullptr, qPrintable(label->text()));
      }
    }
  }

  void itIsNarrowEnoughForASmallScreen() { QVERIFY(panel_->minimumSizeHint().width() <= 330); }
};

QTEST_MAIN(SolverPanelTest)
#include "solver_panel_test.moc"
