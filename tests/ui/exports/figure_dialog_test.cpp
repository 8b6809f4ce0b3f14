// SPDX-License-Identifier: GPL-3.0-or-later
// The paper's figures in the window, with the program p2l that lies beside this one.
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

#include "core/api/session.h"
#include "ui/base/frame_image.h"
#include "ui/document/run_model.h"
#include "ui/exports/figure_dialog.h"
#include "ui/widgets/row_list.h"
#include "ui/widgets/segmented.h"

using namespace p2l;
using ui::Figure;
using ui::FigureDialog;
using ui::RunModel;

class FigureDialogTest : public QObject {
  Q_OBJECT

 private:
  static constexpr int kPatience = 120000;

  Catalogue catalogue_ = readCatalogue();
  QTemporaryDir folder_;
  std::unique_ptr<RunModel> document_;
  std::unique_ptr<FigureDialog> dialog_;

  static std::shared_ptr<const ui::OpenedPhoto> photo(bool has_file) {
    auto opened = std::make_shared<ui::OpenedPhoto>();
    const auto path = resourceFolder() + "/photos/skimage_coffee.png";
    auto read = std::make_shared<Photo>(readPhoto(path));
    opened->label = QStringLiteral("coffee");
    if (has_file) opened->path = QString::fromStdString(path);
    opened->shown = ui::qimageFromImage(read->image);
    opened->photo = std::move(read);
    return opened;
  }
  void set(const char* solver, int steps, const ParamValues& values = {}) {
    RestoreRequest request;
    request.degradations = {{"sr", {{"factor", 4.0}}, {}, {}, false}};
    request.solver = solver;
    request.solver_values = values;
    request.size = 32;
    request.sampler_values = {{"steps", double(steps)}};
    document_->recall(catalogue_.complete(request));
  }
  void draw(Figure figure) {
    dialog_->list()->setCurrentRow(static_cast<int>(figure));
    dialog_->drawButton()->click();
    QVERIFY(dialog_->run()->isRunning());
    QTRY_VERIFY_WITH_TIMEOUT(!dialog_->run()->isRunning(), kPatience);
  }

 private slots:
  void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
  void init() {
    document_ = std::make_unique<RunModel>();
    document_->setPhoto(photo(true));
    dialog_ = std::make_unique<FigureDialog>(catalogue_, document_.get());
    dialog_->show();
  }
  void cleanup() {
    dialog_.reset();
    document_.reset();
  }

  void drawsEveryFigure_data() {
    QTest::addColumn<int>("figure");
    QTest::addColumn<int>("pictures");
    QTest::addColumn<QString>("numbers");
    const auto row = [](const char* name, Figure figure, int pictures, const char* numbers) {
      QTest::newRow(name) << static_cast<int>(figure) << pictures << QString::fromLatin1(numbers);
    };
    row("evolution", Figure::Evolution, 3, "evolution.csv");
    row("tuned prompt", Figure::TunedPrompt, 3, "prompt.safetensors");
    row("round trips", Figure::RoundTrips, 2, "numbers.csv");
    row("projection", Figure::Projection, 2, "projection.csv");
    row("spread", Figure::Spread, 3, "calibration.csv");
  }
  void drawsEveryFigure() {
    QFETCH(int, figure);
    QFETCH(int, pictures);
    QFETCH(QString, numbers);
    document_->setPhoto(photo(figure % 2 == 0));  // with a file, and pasted
    set("p2l", 3, {{"K", 1.0}, {"projection", std::string("proximal")}});
    QSignalSpy began(dialog_.get(), &FigureDialog::began), drawn(dialog_.get(), &FigureDialog::drawn);
    draw(static_cast<Figure>(figure));
    QCOMPARE(began.count(), 1);
    QCOMPARE(drawn.count(), pictures);
    for (const auto& each : drawn) QVERIFY(!each[1].value<QImage>().isNull());
    QCOMPARE(dialog_->message()->text().contains(QLatin1String("cannot")), false);
    QCOMPARE(dialog_->run()->pictures().size(), pictures);
    for (const auto& each : dialog_->run()->pictures()) QVERIFY(each.picture == QImage(each.path));
    QCOMPARE(dialog_->tabs()->count(), pictures);
    QVERIFY(!dialog_->picture()->picture().isNull());
    dialog_->tabs()->button(1)->click();
    QCOMPARE(dialog_->picture()->picture().size(), QPixmap(dialog_->run()->pictures()[1].path).size());
    const auto command = [this] { return dialog_->command()->text(); };
    QVERIFY(command().startsWith(QLatin1String("p2l ")));
    QVERIFY2(!command().contains(QDir::tempPath()), qPrintable(command()));  // those files go with the dialog
    QVERIFY2(command().contains(QLatin1String("FOLDER")), qPrintable(command()));
    QCOMPARE(command().contains(QLatin1String("PHOTO")), figure % 2 != 0);

    const auto path = folder_.filePath(QString::number(figure));
    QDir().mkpath(path);
    dialog_->setAskFolder([path] { return path; });
    dialog_->saveButton()->click();
    const auto saved = QDir(path).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    QCOMPARE(saved.size(), 1);
    const auto files = path + QLatin1Char('/') + saved.first() + QLatin1Char('/');
    QVERIFY(QFile::exists(files + numbers));
    QVERIFY(QFile::exists(files + QStringLiteral("request.png")));
    QCOMPARE(QFile::exists(files + QStringLiteral("photo.png")), figure % 2 != 0);
    QVERIFY2(!command().contains(QLatin1String("REQUEST")) && !command().contains(QLatin1String("PHOTO")),
             qPrintable(command()));
    QCOMPARE(command().contains(files + QStringLiteral("request.png")),
             static_cast<Figure>(figure) != Figure::RoundTrips);  // which has no request
    dialog_->saveButton()->click();                               // nothing is written over
    QCOMPARE(QDir(path).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 2);
  }

  void aSolverWithoutAPromptMakesRoomForP2l() {
    RestoreRequest request;
    request.solver = "ldps";
    request = catalogue_.complete(request);
    const auto calls = ui::FigureRun::calls(Figure::TunedPrompt, request, catalogue_, QStringLiteral("a.png"),
                                            QStringLiteral("r.png"), QStringLiteral("out"));
    QCOMPARE(calls.size(), 3);
    QVERIFY(calls[0].join(QLatin1Char(' ')).contains(QLatin1String("--solver p2l --set K=3")));
    request.solver = "p2l";
    request.solver_values = {{"K", 1.0}};
    QVERIFY(!ui::FigureRun::calls(Figure::TunedPrompt, request, catalogue_, {}, {}, {})[0].contains(
        QStringLiteral("--set")));
  }

  void aProblemNamesItsSolverByTheLabel() {
    const auto said = [this](const char* errors) {
      return ui::FigureRun::problemFrom(QString::fromLatin1(errors), catalogue_);
    };
    QCOMPARE(said("p2l: p2l: It diverged.\np2l: ldps: The mask hides no pixel.\n"),
             QStringLiteral("LDPS: The mask hides no pixel."));
    QCOMPARE(said("p2l: ldps:rho=0.1: It diverged.\n"), QStringLiteral("LDPS:rho=0.1: It diverged."));
    QCOMPARE(said("p2l: The solver psld does not project.\n"), QStringLiteral("The solver psld does not project."));
    QVERIFY(!said("").isEmpty());
  }

  void whatCannotBeDrawnIsSaidInASentence() {
    set("psld", 2);
    draw(Figure::Projection);
    QVERIFY2(dialog_->message()->text().startsWith(QLatin1String("The solver psld does not project")),
             qPrintable(dialog_->message()->text()));
    QVERIFY(dialog_->run()->pictures().isEmpty());
    QVERIFY(!dialog_->saveButton()->isEnabled());
    dialog_->run()->setProgram(QStringLiteral("/nowhere/p2l"));
    draw(Figure::Projection);
    QVERIFY(dialog_->message()->text().contains(QLatin1String("/nowhere/p2l")));
  }

  void aStopEndsTheWorkAndKeepsWhatWasThere() {
    set("p2l", 2, {{"K", 0.0}, {"projection", std::string("proximal")}});
    draw(Figure::Projection);
    const auto before = dialog_->run()->pictures();
    QCOMPARE(before.size(), 2);
    set("p2l", 1000, {{"K", 3.0}, {"projection", std::string("proximal")}});
    dialog_->drawButton()->click();
    QVERIFY(dialog_->run()->isRunning());
    QTest::qWait(300);
    dialog_->drawButton()->click();
    QTRY_VERIFY_WITH_TIMEOUT(!dialog_->run()->isRunning(), kPatience);
    QCOMPARE(dialog_->run()->pictures().size(), 2);
    QVERIFY(QFile::exists(dialog_->run()->pictures()[0].path));
  }

  void howLongItHasBeenDrawnIsSaid() {
    QVERIFY(dialog_->picture()->words().contains(QLatin1String("press Draw")));
    set("p2l", 1000, {{"K", 3.0}, {"projection", std::string("proximal")}});
    dialog_->list()->setCurrentRow(static_cast<int>(Figure::Projection));
    dialog_->drawButton()->click();
    const auto words = [this] { return dialog_->picture()->words(); };
    QVERIFY2(words().contains(QLatin1String("Drawing")), qPrintable(words()));
    const auto first = words();
    QTRY_VERIFY_WITH_TIMEOUT(words() != first, kPatience);
    QVERIFY2(words().contains(QLatin1String("so far")), qPrintable(words()));
    dialog_->drawButton()->click();
    QTRY_VERIFY_WITH_TIMEOUT(!dialog_->run()->isRunning(), kPatience);
    QVERIFY2(words().contains(QLatin1String("press Draw")), qPrintable(words()));
    QVERIFY2(!dialog_->message()->text().contains(QLatin1String("Drawing")), qPrintable(dialog_->message()->text()));
  }

  void closingTheWindowEndsTheProgram() {
    set("p2l", 1000, {{"K", 3.0}});
    dialog_->drawButton()->click();
    QTest::qWait(300);
    dialog_.reset();  // must not hang
  }
};

QTEST_MAIN(FigureDialogTest)
#include "figure_dialog_test.moc"
