// SPDX-License-Identifier: GPL-3.0-or-later
// The German translation is whole: no text of the sources or the catalogue is missing, unfinished or left over.
// With --catalogue FILE the program writes the catalogue's texts to a source that lupdate reads.
#include <QAction>
#include <QComboBox>
#include <QDirIterator>
#include <QDoubleSpinBox>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>
#include <QXmlStreamReader>
#include <clocale>
#include <cmath>
#include <set>

#include "core/api/metric_list.h"
#include "core/api/presets.h"
#include "core/api/session.h"
#include "core/experiment/comparison.h"
#include "core/experiment/ladder.h"
#include "core/insight/lesson.h"
#include "core/request/memory_plan.h"
#include "core/request/report.h"
#include "core/request/time_plan.h"
#include "core/types/error.h"
#include "ui/compare/compare_choices.h"
#include "ui/language/language.h"
#include "ui/language/numbers.h"
#include "ui/language/words.h"
#include "ui/settings/param_row.h"

namespace p2l {
namespace {

/// A message of a translation file.
struct Message {
  QString context, source, comment;
  QString translation;
  bool finished = true;

  QString key() const { return context + QStringLiteral(": ") + source + (comment.isEmpty() ? "" : " / " + comment); }
};

std::vector<Message> messagesOf(const QString& path) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) qFatal("%s cannot be read.", qPrintable(path));
  QXmlStreamReader xml(&file);
  std::vector<Message> messages;
  QString context;
  while (!xml.atEnd()) {
    if (xml.readNext() != QXmlStreamReader::StartElement) continue;
    const auto name = xml.name();
    if (name == QLatin1String("name")) context = xml.readElementText();
    if (name == QLatin1String("message")) messages.push_back({context, {}, {}, {}, true});
    if (name == QLatin1String("source")) messages.back().source = xml.readElementText();
    if (name == QLatin1String("comment")) messages.back().comment = xml.readElementText();
    if (name == QLatin1String("translation")) {
      auto& message = messages.back();
      message.finished = !xml.attributes().hasAttribute(QLatin1String("type"));
      message.translation = xml.readElementText();
    }
  }
  if (xml.hasError()) qFatal("%s: %s", qPrintable(path), qPrintable(xml.errorString()));
  return messages;
}

QSet<QString> keysOf(const std::vector<Message>& messages) {
  QSet<QString> keys;
  for (const auto& message : messages) keys.insert(message.key());
  return keys;
}

/// What a text asks of its translation: the placeholders, each as often as it stands there.
QStringList placeholdersOf(const QString& text) {
  static const QRegularExpression pattern(
      QStringLiteral("%L?(\\d|n)|\\{[a-z_0-9.]+(?::\\d+)?\\}|<[^>]+>|\\*\\.[a-z*]+"));
  QStringList found;
  for (auto match = pattern.globalMatch(text); match.hasNext();) {
    auto one = match.next().captured();
    found << one.replace(QLatin1String("%L"), QLatin1String("%"));
  }
  found.sort();
  return found;
}

bool hasMnemonic(QString text) {
  text.remove(QStringLiteral("&&"));
  return text.contains(QRegularExpression(QStringLiteral("&\\w")));
}

class Texts {
 public:
  void add(const std::string& text) {
    if (!text.empty() && !seen_.contains(text)) {
      seen_.insert(text);
      all_.push_back(text);
    }
  }
  /// With %1, %2 in place of its numbers.
  void addPattern(const std::string& text) { add(ui::textPattern(QString::fromStdString(text)).toStdString()); }
  void add(const std::vector<ParamSpec>& specs) {
    for (const auto& spec : specs) {
      for (const auto& text : {spec.label, spec.help, spec.unit}) add(text);
      for (const auto& choice : spec.choices) add(choiceLabel(spec, choice));
    }
  }
  const std::vector<std::string>& all() const { return all_; }

 private:
  std::set<std::string> seen_;
  std::vector<std::string> all_;
};

/// What a solver's lines say of each share of fresh noise.
void addNoiseLines(const SolverInfo& solver, Texts& texts) {
  for (const double gamma : {1.0, 2.0}) {
    for (const double renoise : {0.0, 0.5, 1.0}) {
      for (const double eta : {0.0, 1.0}) {
        for (const auto& line : solver.linesWith({{"gamma", gamma}, {"renoise", renoise}}, {{"eta", eta}}))
          texts.add(line.sentence);
      }
    }
  }
}

void addRows(const Catalogue& catalogue, Texts& texts) {
  for (const auto& each : catalogue.degradations) {
    for (const auto& text : {each.label, each.help, each.drawn}) texts.add(text);
    for (const auto& part : QString::fromStdString(each.label).split(QStringLiteral(", ")))
      texts.add(part.toStdString());
    texts.add(each.parameters);
  }
  for (const auto& each : catalogue.noises) {
    for (const auto& text : {each.label, each.help}) texts.add(text);
    texts.add(each.parameters);
  }
  for (const auto& each : catalogue.solvers) {
    for (const auto& text : {each.label, each.help}) texts.add(text);
    for (const auto& line : each.iteration) texts.add(line.sentence);
    for (const auto& spec : each.parameters) {
      for (const auto& choice : spec.choices) {
        for (const auto& line : each.linesWith({{spec.key, choice}})) texts.add(line.sentence);
      }
    }
    addNoiseLines(each, texts);
    texts.add(each.parameters);
  }
  for (const auto& each : catalogue.presets) {
    if (isOwnPreset(each)) continue;
    for (const auto& text : {each.label, each.origin}) texts.add(text);
  }
  texts.add(catalogue.sampler);
  texts.add(modelParameters());
  texts.add(runParameters());
  for (const auto& each : comparisonColumns()) texts.add(each.title);
  for (const auto& each : metricList()) {
    for (const auto& text : {each.label, each.title()}) texts.add(text);
  }
}

void addLessons(const Catalogue& catalogue, Texts& texts) {
  for (const auto& lesson : readLessons({lessonFolder()}, catalogue)) {
    for (const auto& text : {lesson.title, lesson.hint}) texts.add(text);
    for (const auto& paragraph : lesson.text) texts.add(paragraph);
    for (const auto& question : lesson.questions) {
      for (const auto& text : {question.text, question.reveal}) texts.add(text);
      for (const auto& choice : question.choices) texts.add(choice);
    }
    texts.add(unlockedParameters(lesson, catalogue));
  }
}

RestoreRequest exampleRequest(const Catalogue& catalogue) {
  RestoreRequest request;
  request.model = "p2l-tiny";
  request.solver = "p2l";
  request.degradation().id = "sr";
  return catalogue.complete(request);
}

/// What the recipe of a comparison does not hold.
void addRemarks(const Catalogue& catalogue, Texts& texts) {
  ComparedRow row;
  row.report.request = exampleRequest(catalogue);
  row.report.request.degradation().mask = "painted.png";
  auto other = row;
  other.report.request.seed = 1;
  other.report.request.crop = "80x60+4+8";
  for (const auto& remark : recipeOf(catalogue, {row, other}, "remarks").remarks) texts.add(remark);
}

/// Sentences that the core composes, as patterns.
void addSentences(const Catalogue& catalogue, Texts& texts) {
  const auto request = exampleRequest(catalogue);
  for (const char* update : {"gd", "adam"}) {
    auto other = request;
    other.solver_values["z_update"] = std::string(update);
    for (const auto& rung : ladderOf(catalogue, other).rungs) {
      texts.add(rung.label);
      static const QRegularExpression between(QStringLiteral("(?<=\\.) "));
      for (const auto& sentence : QString::fromStdString(rung.help).split(between))
        texts.addPattern(sentence.toStdString());
    }
  }
  for (const double seconds : {1.0, 30.0, 600.0, 20000.0, 1e6}) {
    for (const bool at_most : {false, true}) texts.addPattern(textFromTime({seconds, at_most}));
  }
  texts.add(kOnlyUnderMask);
}

/// All that catalogueText() may be asked for.
std::vector<std::string> catalogueTexts() {
  const auto catalogue = Session().catalogue();
  Texts texts;
  addRows(catalogue, texts);
  addLessons(catalogue, texts);
  addSentences(catalogue, texts);
  addRemarks(catalogue, texts);
  return texts.all();
}

QString escaped(const std::string& text) {
  return QString::fromStdString(text)
      .replace(QLatin1Char('\\'), QStringLiteral("\\\\"))
      .replace(QLatin1Char('"'), QStringLiteral("\\\""))
      .replace(QLatin1Char('\n'), QStringLiteral("\\n"));
}

void writeCatalogueSource(const QString& path) {
  QFile file(path);
  if (!file.open(QIODevice::WriteOnly)) qFatal("%s cannot be written.", qPrintable(path));
  for (const auto& text : catalogueTexts())
    file.write(QStringLiteral("QT_TRANSLATE_NOOP(\"catalogue\", \"%1\");\n").arg(escaped(text)).toUtf8());
}

const QString kSource = QStringLiteral(P2L_SOURCE_TREE);
const QString kGerman = kSource + QStringLiteral("/resources/translations/p2l_studio_de.ts");

class TranslationTest : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() {
    QStandardPaths::setTestModeEnabled(true);
    german_ = messagesOf(kGerman);
    QVERIFY(translator_.load(QStringLiteral(P2L_TRANSLATION)));
  }

  void cleanup() { QCoreApplication::removeTranslator(&translator_); }

  void everyTextIsTranslatedAndNoneIsLeftOver() {
    const QTemporaryDir folder;
    const auto fresh = folder.filePath(QStringLiteral("fresh.ts")), rows = folder.filePath(QStringLiteral("rows.cpp"));
    writeCatalogueSource(rows);
    QProcess lupdate;
    lupdate.setWorkingDirectory(kSource);
    lupdate.start(QStringLiteral(P2L_LUPDATE),
                  {QStringLiteral("ui"), QStringLiteral("app/studio"), rows, QStringLiteral("-I"), QStringLiteral("."),
                   QStringLiteral("-locations"), QStringLiteral("none"), QStringLiteral("-ts"), fresh});
    QVERIFY2(lupdate.waitForFinished(120000) && lupdate.exitCode() == 0, "lupdate (Debian: qt6-l10n-tools)");

    const auto wanted = keysOf(messagesOf(fresh)), found = keysOf(german_);
    const auto missing = QStringList((wanted - found).values()), left_over = QStringList((found - wanted).values());
    QVERIFY2(wanted.size() > 900, "lupdate has not found the texts");
    QVERIFY2(missing.isEmpty(), qPrintable("Without a translation (cmake --build --preset release --target "
                                           "update_translation adds them):\n" +
                                           missing.join(QLatin1Char('\n'))));
    QVERIFY2(left_over.isEmpty(), qPrintable("No text any more:\n" + left_over.join(QLatin1Char('\n'))));
  }

  void everyTranslationIsFinished() {
    for (const auto& message : german_) {
      QVERIFY2(message.finished, qPrintable("unfinished: " + message.key()));
      QVERIFY2(message.source.trimmed().isEmpty() || !message.translation.trimmed().isEmpty(),
               qPrintable("empty: " + message.key()));
    }
  }

  void placeholdersAndMnemonicsAgree() {
    for (const auto& message : german_) {
      const auto& text = message.translation;
      QCOMPARE(std::pair(message.key(), placeholdersOf(text)),
               std::pair(message.key(), placeholdersOf(message.source)));
      const bool of_ui = message.context != QLatin1String("catalogue");
      if (of_ui) QVERIFY2(hasMnemonic(text) == hasMnemonic(message.source), qPrintable(message.key() + " → " + text));
    }
  }

  /// All but a licence's version, a section, and what is typed for core.
  void decimalsHaveAComma() {
    static const QRegularExpression point(QStringLiteral("(?<!BY-SA |Abschn\\. |=)\\b\\d+\\.\\d"));
    for (const auto& message : german_) QVERIFY2(!message.translation.contains(point), qPrintable(message.translation));
  }

  /// A context that no class answers to would be asked for by nobody.
  void everyContextIsOneThatTheProgramAsksFor() {
    QSet<QString> known{QStringLiteral("p2l::ui"), QStringLiteral("catalogue"), QStringLiteral("QObject")};
    static const QRegularExpression declared(QStringLiteral("class (\\w+)[^;{]*\\{\\s*Q_OBJECT"));
    for (const char* room : {"ui", "app/studio"}) {
      for (QDirIterator files(kSource + QLatin1Char('/') + QLatin1String(room), {"*.h", "*.cpp"}, QDir::Files,
                              QDirIterator::Subdirectories);
           files.hasNext();) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto text = QString::fromUtf8(file.readAll());
        for (auto match = declared.globalMatch(text); match.hasNext();)
          known.insert(
              QStringLiteral("p2l::%1::%2")
                  .arg(QLatin1String(room).left(3) == QLatin1String("app") ? "app" : "ui", match.next().captured(1)));
      }
    }
    for (const auto& message : german_) QVERIFY2(known.contains(message.context), qPrintable(message.key()));
  }

  void rowsOfTheCatalogueAreShownInGerman() {
    const auto catalogue = Session().catalogue();
    const auto& spec = *findSpec(catalogue.sampler, "steps");
    QCOMPARE(ui::catalogueText(spec.label), QString::fromStdString(spec.label));  // English without a translator
    QCoreApplication::installTranslator(&translator_);
    QCOMPARE(ui::catalogueText(spec.label), QStringLiteral("Schritte"));
    QCOMPARE(ui::catalogueText("about 25 min"), QStringLiteral("etwa 25 min"));
    QCOMPARE(ui::catalogueText("a preset of one's own, 25"), QStringLiteral("a preset of one's own, 25"));
    QCOMPARE(ui::rangeWords(spec).left(18), QStringLiteral("eine ganze Zahl vo"));
  }

  void numbersAreWrittenAsTheLanguageDoes() {
    QCOMPARE(ui::numberText(24.1, 2), QStringLiteral("24.10"));
    QCOMPARE(ui::shortNumber(1.5e-5), QStringLiteral("1.5e-05"));
    QCOMPARE(ui::withMinus(-0.5), QStringLiteral("−0.5"));
    QCOMPARE(ui::localNumbers(std::string("0.4 GiB")), QStringLiteral("0.4 GiB"));
    QCoreApplication::installTranslator(&translator_);
    QCOMPARE(ui::numberText(24.1, 2), QStringLiteral("24,10"));
    QCOMPARE(ui::numberText(1234567.0, 0), QStringLiteral("1234567"));  // never in groups
    QCOMPARE(ui::shortNumber(1.5e-5), QStringLiteral("1,5e-05"));
    QCOMPARE(ui::withMinus(-0.5), QStringLiteral("−0,5"));
    QCOMPARE(ui::localNumbers(std::string("0.4 GiB")), QStringLiteral("0,4 GiB"));
    QCOMPARE(ui::catalogueText("about 2.5 h"), QStringLiteral("etwa 2,5 h"));
    ParamSpec half;
    half.kind = ParamKind::Real;
    half.maximum = 0.5;
    QVERIFY2(ui::rangeWords(half).endsWith(QStringLiteral(" 0,5")), qPrintable(ui::rangeWords(half)));
    QCOMPARE(ui::loggedNumber(24.1, 2), QStringLiteral("24.10"));
    QCOMPARE(ui::numberOrDash(24.1, 2), QStringLiteral("24,10"));
    QCOMPARE(ui::numberOrDash(24.125, 5, ui::shortNumber), QStringLiteral("24,125"));
    for (const double none : {std::nan(""), HUGE_VAL}) QCOMPARE(ui::numberOrDash(none, 2), QStringLiteral("–"));
  }

  void whatIsTypedHasACommaOrAPoint() {
    double value = 0.0;
    for (const bool german : {false, true}) {
      if (german) QCoreApplication::installTranslator(&translator_);
      for (const char* text : {"0,5", "0.5", " 0.5 "}) {
        QVERIFY(ui::readTyped(QString::fromLatin1(text), &value));
        QCOMPARE(value, 0.5);
      }
      for (const char* text : {"2,5", "2.5"}) {
        QCOMPARE(ui::withPoint(QString::fromLatin1(text)), QStringLiteral("2.5"));
        QCOMPARE(ui::withLocalMark(QString::fromLatin1(text), ui::numberLocale()),
                 german ? QStringLiteral("2,5") : QStringLiteral("2.5"));
      }
      for (const char* text : {"1.234,5", "1,234.5", "1.234.567", "", "half", "inf"})
        QVERIFY2(!ui::readTyped(QString::fromLatin1(text), &value), text);
    }
  }

  void spinBoxesAndCoreAreToldOfTheLanguage() {
    QDoubleSpinBox english;
    english.setLocale(QLocale(QLocale::English, QLocale::UnitedStates));
    QCoreApplication::installTranslator(&translator_);
    std::setlocale(LC_NUMERIC, "de_DE.UTF-8");  // as Qt takes it of the system, where that has it
    ui::applyLanguage(*QCoreApplication::instance(), QStringLiteral("de"));
    QCOMPARE(QString::fromStdString(textFromBytes(1.5 * 1024 * 1024 * 1024)), QStringLiteral("1.5 GiB"));
    QDoubleSpinBox german;
    QSpinBox whole;
    for (auto* box : {&english, &german}) {
      box->setRange(0, 5000);
      box->setValue(1234.5);
    }
    whole.setRange(0, 5000);
    whole.setValue(1234);
    QCOMPARE(german.text(), QStringLiteral("1234,50"));
    QCOMPARE(whole.text(), QStringLiteral("1234"));
    QCoreApplication::removeTranslator(&translator_);
    ui::applyLanguage(*QCoreApplication::instance(), QStringLiteral("en"));
    QCOMPARE(QLocale(), QLocale(QLocale::English, QLocale::UnitedStates));
    QCOMPARE(QDoubleSpinBox().locale(), english.locale());
    QCOMPARE(english.text(), QStringLiteral("1234.50"));
  }

  /// The words change, the values do not.
  void choicesKeepTheirNamesInRequests() {
    QCoreApplication::installTranslator(&translator_);
    QWidget parent;
    const auto catalogue = Session().catalogue();
    for (const auto& solver : catalogue.solvers) {
      for (const auto& spec : solver.parameters) {
        if (spec.kind != ParamKind::Choice) continue;
        ui::ParamRow row(spec, &parent);
        for (const auto& choice : spec.choices) {
          row.setValue(choice);
          QCOMPARE(row.value(), ParamValue(choice));
        }
      }
    }
  }

  /// What a sweep's chips show can be typed, too.
  void aSweepTakesTheWordsOfItsChoices() {
    QCoreApplication::installTranslator(&translator_);
    const auto catalogue = Session().catalogue();
    const auto& spec = *findSpec(catalogue.solver("p2l").parameters, "z_update");
    const auto word = ui::catalogueText(choiceLabel(spec, "gd"));
    QVERIFY(word != QString::fromStdString(choiceLabel(spec, "gd")));
    const auto choices = ui::sweepChoices(catalogue, RestoreRequest(), "z_update", word + QStringLiteral(", adam"));
    QCOMPARE(choices.size(), std::size_t(2));
    QCOMPARE(choices[0].label, QStringLiteral("%1 = %2").arg(ui::catalogueText(spec.label), word));
    QCOMPARE(choiceOf(choices[0].request.solver_values, "z_update"), std::string("gd"));
  }

  void aSweepRefusesInTheWindowsLanguage() {
    QCoreApplication::installTranslator(&translator_);
    const auto catalogue = Session().catalogue();
    RestoreRequest request;
    request.solver_values["rho"] = 2.0;
    const auto refusal = [&](const char* key, const char* values) {
      try {
        ui::sweepChoices(catalogue, request, key, QString::fromUtf8(values));
      } catch (const Error& error) {
        return QString::fromUtf8(error.what());
      }
      return QString();
    };
    const auto label = [&](const char* key) {
      return ui::catalogueText(findSpec(catalogue.solver("p2l").parameters, key)->label);
    };
    QCOMPARE(refusal("K", ""),
             QStringLiteral("Eine Wertereihe von %1 nimmt Werte wie 0; 1; 3, gefunden: keine.").arg(label("K")));
    QCOMPARE(refusal("rho", "xfoo"), QStringLiteral("%1 nimmt Faktoren wie x0,5, gefunden: xfoo.").arg(label("rho")));
    for (const auto& [key, values] : {std::pair("rho", "x1e5"), std::pair("z_update", "sgd")}) {
      const auto found = refusal(key, values);
      QVERIFY2(found.startsWith(label(key) + QStringLiteral(" muss ")), qPrintable(found));
    }
  }

  /// Beside formulas and as a baseline, what a run works from has its one name.
  void theMeasurementIsNamedOnce() {
    QCoreApplication::installTranslator(&translator_);
    QCOMPARE(QCoreApplication::translate("p2l::ui::CompareSession", "the measurement"), QStringLiteral("die Messung"));
    QCOMPARE(QCoreApplication::translate("p2l::ui::MixturePlane", "measurement: x₁ ≈ %1").arg(1),
             QStringLiteral("Messung: x₁ ≈ 1"));
  }

  void theSystemsLanguageOrTheChosenOneIsSpoken() {
    QCOMPARE(ui::spokenLanguage(QStringLiteral("de")), QStringLiteral("de"));
    QCOMPARE(ui::spokenLanguage(QStringLiteral("en")), QStringLiteral("en"));
    QVERIFY(ui::languageIds().contains(ui::spokenLanguage({})));
    ui::setChosenLanguage(QStringLiteral("de"));
    QCOMPARE(ui::chosenLanguage(), QStringLiteral("de"));
    ui::setChosenLanguage(QStringLiteral("of another version"));
    QCOMPARE(ui::chosenLanguage(), QString());
    ui::setChosenLanguage({});
  }

 private:
  std::vector<Message> german_;
  QTranslator translator_;
};

}  // namespace
}  // namespace p2l

int main(int argc, char** argv) {
  QApplication application(argc, argv);
  if (argc == 3 && QString::fromLocal8Bit(argv[1]) == QLatin1String("--catalogue")) {
    p2l::writeCatalogueSource(QString::fromLocal8Bit(argv[2]));
    return 0;
  }
  p2l::TranslationTest test;
  return QTest::qExec(&test, argc, argv);
}

#include "translation_test.moc"
