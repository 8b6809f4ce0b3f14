// SPDX-License-Identifier: GPL-3.0-or-later
// The models that the studio knows, and the dialog that shows and changes them.
#include "ui/settings/model_manager.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QtTest>
#include <algorithm>

#include "core/api/session.h"
#include "core/request/request.h"
#include "ui/base/model_store.h"
#include "ui/settings/model_box.h"

using namespace p2l;
using ui::ModelManager;
using ui::ModelStore;

class ModelManagerTest : public QObject {
  Q_OBJECT

 private:
  static constexpr int kPatience = 20000;

  Catalogue catalogue_ = Session().catalogue();
  const int added_ = static_cast<int>(catalogue_.models.size());  ///< where the first model comes that is added
  QTemporaryDir folder_;
  std::unique_ptr<ModelStore> store_;
  std::unique_ptr<ModelManager> dialog_;

  static QString mini() { return QStringLiteral(P2L_TEST_REFERENCE "/models/sd1-mini"); }
  QTableWidget* list() const { return dialog_->findChild<QTableWidget*>(); }
  QString cell(int row, ModelManager::Column column) const { return list()->item(row, column)->text(); }
  template <class Widget>
  Widget* named(const char* name) const {
    for (auto* each : dialog_->findChildren<Widget*>()) {
      if (each->accessibleName() == QLatin1String(name)) return each;
    }
    return nullptr;
  }
  QPushButton* button(const char* text) const {
    for (auto* each : dialog_->findChildren<QPushButton*>()) {
      if (each->text().remove(QLatin1Char('&')) == QString::fromUtf8(text)) return each;
    }
    return nullptr;
  }
  QCheckBox* box(const char* name) const { return named<QCheckBox>(name); }
  void open() {
    store_ = std::make_unique<ModelStore>(catalogue_);
    dialog_ = std::make_unique<ModelManager>(store_.get());
    dialog_->show();
  }
  void close() {
    dialog_.reset();
    store_.reset();
  }

 private slots:
  void initTestCase() {
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(QStringLiteral("p2l-test"));
    QCoreApplication::setApplicationName(QStringLiteral("model-manager"));
    QVERIFY(folder_.isValid());
    qputenv("XDG_CACHE_HOME", folder_.path().toUtf8());
  }
  void init() {
    QSettings().clear();
    open();
  }
  void cleanup() { close(); }

  void theEmbeddedModelIsThereAndIsLookedAt() {
    QCOMPARE(cell(0, ModelManager::Name), QStringLiteral("p2l-tiny"));
    QTRY_COMPARE_WITH_TIMEOUT(cell(0, ModelManager::State), QStringLiteral("ok"), kPatience);
    QVERIFY(!cell(0, ModelManager::Size).isEmpty());
    QVERIFY(!cell(0, ModelManager::Licence).isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(named<QLabel>("SHA-256")->text().size(), 64, kPatience);
    QVERIFY(!button("Remove")->isEnabled());
    QVERIFY(!button("Use this model")->isEnabled());
  }

  // The window's catalogue goes when it closes, and presets come into it, while files are read.
  void modelsAreLookedAtByTheCatalogueOfThatTime() {
    Catalogue catalogue = catalogue_;
    ModelStore store(catalogue);
    catalogue.models.clear();
    store.wait();
    QVERIFY(store.all().size() > 1);
    for (int i = 0; i < store.all().size(); ++i) {
      QTRY_VERIFY_WITH_TIMEOUT(store.all().at(i).known, kPatience);
      QVERIFY2(store.all().at(i).problem.isEmpty(), qPrintable(store.all().at(i).problem));
    }
  }

  void aFolderIsAddedChosenRememberedAndRemoved() {
    dialog_->setQuestions({[](QWidget*) { return mini(); }, {}, {}});
    button("Add folder…")->click();
    QCOMPARE(store_->all().size(), added_ + 1);
    QCOMPARE(dialog_->shown(), added_);
    QTRY_COMPARE_WITH_TIMEOUT(cell(added_, ModelManager::State), QStringLiteral("ok"), kPatience);
    QCOMPARE(cell(added_, ModelManager::Kind), QStringLiteral("folder in diffusers layout"));
    QSignalSpy chosen(store_.get(), &ModelStore::chosenChanged);
    button("Use this model")->click();
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(store_->chosen().key, mini());
    QVERIFY(list()->item(added_, 0)->font().bold());
    box("Checkpointing")->click();
    box("VAE tiling")->click();
    box("CUDA graphs")->click();
    named<QDoubleSpinBox>("Encoder refinements")->setValue(2);
    auto* precision = named<QComboBox>("Precision");
    const int bf16 = precision->findText(QStringLiteral("bf16"));
    precision->setCurrentIndex(bf16);
    auto* prediction = named<QComboBox>("Prediction");
    prediction->setCurrentIndex(prediction->findText(QStringLiteral("v_prediction")));
    auto* tokenizer = named<QLineEdit>("Tokenizer");
    tokenizer->setText(mini() + QStringLiteral("/tokenizer"));
    emit tokenizer->editingFinished();
    close();

    open();  // as after a new start
    QCOMPARE(store_->all().size(), added_ + 1);
    QCOMPARE(store_->chosen().key, mini());
    QVERIFY(store_->chosen().options.checkpointing && store_->chosen().options.vae_tiling);
    QVERIFY(store_->chosen().options.cuda_graphs);
    QCOMPARE(store_->chosen().options.encoder_refinements, 2);
    QCOMPARE(named<QDoubleSpinBox>("Encoder refinements")->value(), 2.0);
    QCOMPARE(store_->chosen().options.precision, std::string("bf16"));
    QCOMPARE(store_->chosen().options.prediction, std::string("v_prediction"));
    QCOMPARE(store_->chosen().options.tokenizer, mini().toStdString() + "/tokenizer");
    QCOMPARE(dialog_->shown(), added_);
    QVERIFY(box("Checkpointing")->isChecked());
    QCOMPARE(named<QComboBox>("Precision")->currentIndex(), bf16);
    button("Remove")->click();
    QCOMPARE(store_->all().size(), added_);
    QCOMPARE(store_->current(), 0);
    QCOMPARE(list()->rowCount(), added_);
  }

  /// Whatever rows the options have, each is shown and remembered.
  void everyOptionIsShownAndRemembered() {
    ParamValues values;
    for (const auto& spec : modelParameters()) {
      if (spec.kind == ParamKind::Choice) {
        values[spec.key] = spec.choices.back();
      } else if (spec.kind == ParamKind::Text || spec.kind == ParamKind::Path) {
        values[spec.key] = std::string("/somewhere/else");
      } else {
        values[spec.key] = 1.0;
      }
      QVERIFY2(named<QWidget>(spec.label.c_str()) != nullptr, spec.label.c_str());
    }
    store_->setOptions(0, modelOptionsFrom(values), QStringLiteral("cpu"));
    close();
    open();
    QVERIFY(valuesOf(store_->all().at(0).options) == values);
    QCOMPARE(store_->all().at(0).device, QStringLiteral("cpu"));
    store_->setOptions(0, {}, QStringLiteral("auto"));
  }

  /// A recalled run brings its LoRA's digest, which is not that of the file that a person chooses next.
  void anotherLoraForgetsTheDigestOfTheFormer() {
    ModelOptions options;
    options.lora = "/somewhere/one.safetensors";
    options.lora_digest = "0123";
    store_->setOptions(0, options, QStringLiteral("cpu"));
    auto* scale = named<QDoubleSpinBox>("LoRA scale");
    scale->setValue(0.5);
    QCOMPARE(store_->all().at(0).options.lora_scale, 0.5);
    QCOMPARE(store_->all().at(0).options.lora_digest, std::string("0123"));
    QString asked;
    dialog_->setQuestions({{}, {}, [&](QWidget*, const QString& title) {
                             asked = title;
                             return QStringLiteral("/somewhere/two.safetensors");
                           }});
    named<QPushButton>("Browse: LoRA")->click();
    QCOMPARE(asked, QStringLiteral("LoRA"));
    QCOMPARE(store_->all().at(0).options.lora, std::string("/somewhere/two.safetensors"));
    QCOMPARE(store_->all().at(0).options.lora_digest, std::string());
    // The former file is looked at first.
    QTRY_VERIFY2_WITH_TIMEOUT(named<QLabel>("State")->text().contains(QStringLiteral("two.safetensors")),
                              qPrintable(named<QLabel>("State")->text()), kPatience);
    store_->setOptions(0, {}, QStringLiteral("auto"));
  }

  void theSameFolderIsThereOnce() {
    QCOMPARE(store_->add(mini()), added_);
    QCOMPARE(store_->add(mini() + QStringLiteral("/../sd1-mini")), added_);
    QCOMPARE(store_->add(mini()), added_);
  }

  void whatIsNoModelSaysWhyAndCannotBeUsed() {
    const auto path = folder_.filePath(QStringLiteral("photo.safetensors"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("<!DOCTYPE html><html>") > 0);
    file.close();
    dialog_->setQuestions({{}, [&](QWidget*) { return path; }, {}});
    button("Add file…")->click();
    QTRY_COMPARE_WITH_TIMEOUT(cell(added_, ModelManager::State), QStringLiteral("cannot be used"), kPatience);
    QVERIFY2(named<QLabel>("State")->text().contains(QStringLiteral("photo.safetensors")),
             qPrintable(named<QLabel>("State")->text()));
    QVERIFY(!button("Use this model")->isEnabled());
    QVERIFY(button("Remove")->isEnabled());
  }

  void anAutoencoderThatIsNoneIsSaidOfTheModel() {
    auto* vae = named<QLineEdit>("Another autoencoder");
    vae->setText(folder_.filePath(QStringLiteral("nowhere")));
    emit vae->editingFinished();
    QTRY_COMPARE_WITH_TIMEOUT(cell(0, ModelManager::State), QStringLiteral("cannot be used"), kPatience);
    vae->clear();
    emit vae->editingFinished();
    QTRY_COMPARE_WITH_TIMEOUT(cell(0, ModelManager::State), QStringLiteral("ok"), kPatience);
  }

  void memoryIsAskedForWhenOptionsChange() {
    QSignalSpy wanted(dialog_.get(), &ModelManager::needsWanted);
    box("Checkpointing")->click();
    QVERIFY(wanted.count() > 0);
    dialog_->showNeeds(QStringLiteral("Needs about 2 GiB of memory"));
    QCOMPARE(named<QLabel>("Memory")->text(), QStringLiteral("Needs about 2 GiB of memory"));
  }

  void thePanelFollowsAndLeadsToTheManager() {
    ui::ModelBox panel(store_.get());
    QComboBox* model = nullptr;
    for (auto* each : panel.findChildren<QComboBox*>()) {
      if (each->accessibleName() == QLatin1String("Model")) model = each;
    }
    QVERIFY(model != nullptr);
    QCOMPARE(model->count(), added_ + 1);
    QSignalSpy wanted(&panel, &ui::ModelBox::managerWanted);
    model->setCurrentIndex(added_);
    emit model->activated(added_);
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(model->currentIndex(), 0);
    store_->add(mini());
    QCOMPARE(model->count(), added_ + 2);
    store_->choose(added_);
    QCOMPARE(model->currentText(), QStringLiteral("sd1-mini"));
    store_->remove(added_);
    QCOMPARE(model->currentIndex(), 0);
  }

  void itFitsASmallScreen() {
    QVERIFY(dialog_->height() <= 620);
    QVERIFY2(dialog_->minimumSizeHint().height() <= 440,
             qPrintable(QString::number(dialog_->minimumSizeHint().height())));
  }

  void everyControlHasANameAndAnExplanation() {
    for (auto* each : dialog_->findChildren<QWidget*>()) {
      const bool control =
          qobject_cast<QComboBox*>(each) || qobject_cast<QLineEdit*>(each) || qobject_cast<QSpinBox*>(each);
      const auto* around = each->parentWidget();
      if (!control || around->inherits("QComboBox") || around->inherits("QAbstractSpinBox")) continue;
      QVERIFY2(!each->accessibleName().isEmpty(), each->metaObject()->className());
    }
    for (auto* each : dialog_->findChildren<QAbstractButton*>())
      QVERIFY2(!each->text().isEmpty() || !each->accessibleName().isEmpty() || each->inherits("QTableCornerButton"),
               each->metaObject()->className());
  }

  void aNameInOneWordIsWholeBesideItsBox() {
    const ParamSpec* longest = findSpec(modelParameters(), "checkpointing");
    QVERIFY(longest != nullptr);
    const auto name = QString::fromStdString(longest->label);
    const auto labels = dialog_->findChildren<QLabel*>();
    const auto found = std::find_if(labels.begin(), labels.end(), [&](const auto* label) {
      return label->text() == name || label->text() == QStringLiteral("<b>%1</b>").arg(name);
    });
    QVERIFY(found != labels.end());
    auto bold = (*found)->font();
    bold.setBold(true);
    QVERIFY2((*found)->width() >= QFontMetrics(bold).horizontalAdvance(name),
             qPrintable(QString::number((*found)->width())));
    QVERIFY((*found)->buddy()->geometry().left() > (*found)->geometry().right() + 4);
  }
};

QTEST_MAIN(ModelManagerTest)
#include "model_manager_test.moc"
