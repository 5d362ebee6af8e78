// Holds PDFs against veraPDF's profiles, all in one process: Rhino, which comes in the same jar, runs this.
// Standard input: lines of "PROFILE<tab>PATH", as "ua1<tab>/tmp/letter.pdf". Standard output: one JSON object a line.
var pdfa = Packages.org.verapdf.pdfa;

Packages.java.util.logging.LogManager.getLogManager().reset();
Packages.org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider.initialise();

function check(profile, path) {
  var flavour = pdfa.flavours.PDFAFlavour.fromString(profile);
  if (String(flavour.getId()) !== profile) throw new Error("veraPDF knows no profile " + profile);
  var parser = pdfa.Foundries.defaultInstance().createParser(new Packages.java.io.File(path), flavour);
  try {
    var validator = pdfa.Foundries.defaultInstance().createValidator(flavour, 100, false, true, false);
    var result = validator.validate(parser);
    var faults = [];
    for (var each = result.getTestAssertions().iterator(); each.hasNext(); ) {
      var assertion = each.next();
      if (String(assertion.getStatus().name()) !== "FAILED") continue;
      var rule = assertion.getRuleId();
      faults.push({
        rule: rule.getClause() + "-" + rule.getTestNumber(),
        message: String(assertion.getMessage()),
        detail: String(assertion.getErrorMessage()),
        place: String(assertion.getLocation().getContext()),
      });
    }
    return { ok: Boolean(result.isCompliant()), checks: Number(result.getTotalAssertions()), faults: faults };
  } finally {
    parser.close();
  }
}

var lines = new Packages.java.io.BufferedReader(
  new Packages.java.io.InputStreamReader(Packages.java.lang.System["in"], "UTF-8"));
var out = new Packages.java.io.PrintStream(Packages.java.lang.System.out, true, "UTF-8");
for (var line = lines.readLine(); line !== null; line = lines.readLine()) {
  var asked = String(line).split("\t");
  var told;
  try {
    told = check(asked[0], asked[1]);
  } catch (error) {
    told = { ok: false, checks: 0, faults: [{ rule: "", message: "cannot be read: " + error, detail: "", place: "" }] };
  }
  told.profile = asked[0];
  told.path = asked[1];
  out.println(JSON.stringify(told));
}
