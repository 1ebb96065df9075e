using System.Globalization;
using BlazorAgents.E2E.Fixtures;

namespace BlazorAgents.E2E.Security;

[Collection(OfflineTests.Name)]
public sealed class AccessMatrixTests(OfflineApp fixture)
{
    private const string Foreign = "00000000-0000-7000-8000-000000000000";

    // What GET answers to nobody, to a user, to an approver and to an administrator. L: led to signing in, D: led to "access denied", H: led home.
    private static readonly Dictionary<string, (string Address, string[] Answers)> s_expected = new()
    {
        ["GET,POST /"] = ("/", ["L", "200", "200", "200"]),
        ["GET,POST /c/{ConversationId:guid}"] = ($"/c/{Foreign}", ["L", "200", "200", "200"]),
        ["GET,POST /not-found"] = ("/not-found", ["L", "200", "200", "200"]),
        ["GET,POST /people"] = ("/people", ["L", "D", "D", "200"]),
        ["GET,POST /people/new"] = ("/people/new", ["L", "D", "D", "200"]),
        ["GET,POST /people/{Id}"] = ($"/people/{Foreign}", ["L", "D", "D", "404"]),
        ["GET,POST /providers"] = ("/providers", ["L", "D", "D", "200"]),
        ["GET,POST /providers/new"] = ("/providers/new", ["L", "D", "D", "200"]),
        ["GET,POST /providers/{Id}"] = ($"/providers/{Foreign}", ["L", "D", "D", "200"]),
        ["GET,POST /providers/{Id}/edit"] = ($"/providers/{Foreign}/edit", ["L", "D", "D", "200"]),
        ["GET,POST /approvals"] = ("/approvals", ["L", "200", "200", "200"]),
        ["GET,POST /approvals/{Id:guid}"] = ($"/approvals/{Foreign}", ["L", "404", "404", "404"]),
        ["GET,POST /approvals/rules"] = ("/approvals/rules", ["L", "200", "200", "200"]),
        ["GET,POST /approvals/rules/new"] = ("/approvals/rules/new", ["L", "D", "D", "200"]),
        ["GET,POST /approvals/rules/{Id:guid}"] = ($"/approvals/rules/{Foreign}", ["L", "200", "200", "200"]),
        ["GET /approvals/export.csv"] = ("/approvals/export.csv", ["L", "200", "200", "200"]),
        ["GET,POST /tools"] = ("/tools", ["L", "D", "200", "200"]),
        ["GET,POST /tools/{Name}"] = ("/tools/no_such_tool", ["L", "D", "200", "200"]),
        ["GET,POST /audit"] = ("/audit", ["L", "D", "D", "200"]),
        ["GET /audit/export.csv"] = ("/audit/export.csv", ["L", "D", "D", "200"]),
        ["GET,POST /account/login"] = ("/account/login", ["200", "H", "H", "H"]),
        ["GET,POST /account/password"] = ("/account/password", ["L", "200", "200", "200"]),
        ["GET,POST /account/access-denied"] = ("/account/access-denied", ["L", "403", "403", "403"]),
        ["POST /account/logout"] = ("/account/logout", ["L", "405", "405", "405"]),
        ["GET,POST /setup"] = ("/setup", ["404", "404", "404", "404"]),
        ["GET /error"] = ("/error", ["500", "500", "500", "500"]),
        ["ANY /health/live"] = ("/health/live", ["200", "200", "200", "200"]),
        ["ANY /health/ready"] = ("/health/ready", ["200", "200", "200", "200"]),
        ["ANY /_blazor"] = ("/_blazor", ["L", "400", "400", "400"]),
        ["ANY /_blazor/negotiate"] = ("/_blazor/negotiate", ["L", "405", "405", "405"]),
        ["ANY /_blazor/disconnect"] = ("/_blazor/disconnect", ["L", "405", "405", "405"]),
        ["ANY /_blazor/initializers"] = ("/_blazor/initializers", ["L", "200", "200", "200"]),
        ["GET,HEAD /{**path:file}"] = ("/no-such-file.css", ["L", "404", "404", "404"]),
        ["GET /_framework/opaque-redirect"] = ("/_framework/opaque-redirect", ["L", "400", "400", "400"]),
    };

    [Fact]
    [Trait("Id", "SEC-13")]
    public void Every_entry_point_has_a_row_in_the_table() =>
        Assert.Equal(string.Join('\n', s_expected.Keys.Order(StringComparer.Ordinal)), string.Join('\n', EntryPoints.List()));

    [Fact]
    [Trait("Id", "SEC-13")]
    public async Task Every_entry_point_answers_each_kind_of_person_as_the_table_says()
    {
        var visitors = new List<AppSession> { new(fixture.App.BaseUrl) };
        foreach (var role in new[] { "User", "Approver", "Admin" })
        {
            visitors.Add(await AppSession.SignInAsync(fixture.App.BaseUrl, await fixture.AddPersonAsync(role)));
        }

        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (entry, (address, _)) in s_expected)
        {
            var answers = new List<string>();
            foreach (var visitor in visitors)
            {
                using var response = await visitor.GetAsync(address);
                answers.Add(Name(response));
            }

            found[entry] = string.Join(' ', answers);
        }

        visitors.ForEach(visitor => visitor.Dispose());
        var expected = s_expected.OrderBy(row => row.Key, StringComparer.Ordinal).Select(row => $"{row.Key}: {string.Join(' ', row.Value.Answers)}");
        Assert.Equal(string.Join('\n', expected), string.Join('\n', found.Select(row => $"{row.Key}: {row.Value}")));
    }

    private static string Name(HttpResponseMessage response) => response.Headers.Location?.OriginalString switch
    {
        null => ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture),
        var place when place.Contains("/account/login", StringComparison.Ordinal) => "L",
        var place when place.Contains("/account/access-denied", StringComparison.Ordinal) => "D",
        var place when place.EndsWith('/') => "H",
        var place => place,
    };
}
