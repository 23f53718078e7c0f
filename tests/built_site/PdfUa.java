// Says of each PDF that is named whether it keeps to PDF/UA-1, a line each, and of each rule that is broken how often,
// and one place. veraPDF has no command in the package that holds it, so this is one.

import java.io.FileInputStream;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

public class PdfUa {
  public static void main(String[] files) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    for (String file : files) {
      try (PDFAParser read = Foundries.defaultInstance().createParser(new FileInputStream(file), PDFAFlavour.PDFUA_1)) {
        PDFAValidator judge = Foundries.defaultInstance().createValidator(PDFAFlavour.PDFUA_1, false);
        for (ValidationResult result : judge.validateAll(read)) tell(file, result);
      }
    }
  }

  private static void tell(String file, ValidationResult result) {
    System.out.println(file + "\t" + (result.isCompliant() ? "yes" : "no") + "\t" + result.getTotalAssertions());
    Map<String, Integer> times = new TreeMap<>();
    Map<String, String> places = new TreeMap<>();
    for (TestAssertion one : result.getTestAssertions()) {
      if (one.getStatus() != TestAssertion.Status.FAILED) continue;
      String rule = one.getRuleId().getClause() + " " + one.getMessage().replaceAll("\\s+", " ");
      times.merge(rule, 1, Integer::sum);
      places.putIfAbsent(rule, one.getLocation().getContext());
    }
    times.forEach((rule, count) -> System.out.println("\t" + count + " times: " + rule + " At " + places.get(rule)));
  }
}
