using System.Net;
using BlazorAgents.Data;
using BlazorAgents.Runs;
using BlazorAgents.Web.Tests.Account;
using Microsoft.Extensions.DependencyInjection;

namespace BlazorAgents.Web.Tests.Approvals.Console;

/// <summary>The page of one request without scripts: the answer in the call's place.</summary>
public sealed class RequestPageTests
{
    private const string Text = "Answer.Text";

    [Fact]
    public async Task Answer_OfAnApprover_IsStoredAndShownAsAnAnswerAndNotAsARejection()
    {
        await using var host = await RequestDesk.StartAsync();
        var request = await host.AskAsync();
        using var browser = await host.SignInAsync(RequestDesk.Approver);

        using var sent = await browser.SubmitAsync($"/approvals/{request}", "answer", (Text, "Laptops come back\r\nin <b>May</b>."));

        Assert.Equal((HttpStatusCode.Found, $"/approvals/{request}"), (sent.StatusCode, sent.LocalPath()));
        Assert.Equal((ApprovalState.Rejected, "Laptops come back\nin <b>May</b>."), ((await host.StoredAsync(request)).State, (await host.StoredAsync(request)).Answer));
        using var reader = await host.SignInAsync(RequestDesk.Requester);
        var page = (await reader.ReadAsync($"/approvals/{request}")).QuerySelector("[data-testid=request-page]")!;
        Assert.Contains("Answered in its place, by cat.", page.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Laptops come back\nin <b>May</b>.", page.QuerySelector("[data-testid=given-answer]")!.TextContent);
        Assert.DoesNotContain("Rejected", page.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(" ", "must not be empty")]
    [InlineData("Half a\u0001 sentence", "control character")]
    public async Task Answer_ThatCannotBeTaken_IsToldAtItsFieldAndKept(string text, string problem)
    {
        await using var host = await RequestDesk.StartAsync();
        var request = await host.AskAsync();
        using var browser = await host.SignInAsync(RequestDesk.Approver);

        using var sent = await browser.SubmitAsync($"/approvals/{request}", "answer", (Text, text));

        var page = await Browser.ParseAsync(sent);
        var field = page.QuerySelector("#answer")!;
        Assert.Contains(problem, page.QuerySelector("#answer-error")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("answer-error", field.GetAttribute("aria-describedby"), StringComparison.Ordinal);
        Assert.Equal(text, field.TextContent);
        Assert.True(field.Closest("details")!.HasAttribute("open"));
        Assert.Null(page.QuerySelector("#reason-error"));
        Assert.Equal(ApprovalState.Pending, (await host.StoredAsync(request)).State);
    }

    [Fact]
    public async Task Answer_LongestOfWideLetters_IsTakenAndOneMoreIsRefusedAndKept()
    {
        await using var host = await RequestDesk.StartAsync();
        var request = await host.AskAsync();
        using var browser = await host.SignInAsync(RequestDesk.Approver);
        var longest = string.Concat(Enumerable.Repeat("ありがとう。はい\r\n", 2_222)) + "おわ"; // a line end counts once

        using var tooLong = await browser.SubmitAsync($"/approvals/{request}", "answer", (Text, $"{longest}!"));
        var page = await Browser.ParseAsync(tooLong);
        Assert.Contains("at most 20,000", page.QuerySelector("#answer-error")!.TextContent, StringComparison.Ordinal);
        Assert.EndsWith("おわ!", page.QuerySelector("#answer")!.TextContent, StringComparison.Ordinal);
        using var sent = await browser.SubmitAsync($"/approvals/{request}", "answer", (Text, longest));

        Assert.Equal(HttpStatusCode.Found, sent.StatusCode);
        Assert.Equal(20_000, (await host.StoredAsync(request)).Answer!.Length);
    }

    [Fact]
    [Trait("Id", "SEC-13")]
    [Trait("Id", "SEC-22")]
    public async Task Answer_Forged_DecidesNothing()
    {
        await using var host = await RequestDesk.StartAsync();
        var request = await host.AskAsync();
        await host.AddAsync("bob@example.org", Roles.User);
        foreach (var person in new[] { RequestDesk.Requester, "bob@example.org" })
        {
            using var other = await host.SignInAsync(person);
            using var forged = await other.PostAsync($"/approvals/{request}", [.. await FormAsync(other, "/account/password"), new("_handler", "answer"), new(Text, "Mine.")]);
            Assert.Contains(forged.StatusCode, new[] { HttpStatusCode.BadRequest, HttpStatusCode.OK, HttpStatusCode.NotFound });
        }

        using var browser = await host.SignInAsync(RequestDesk.Approver);
        using var withoutToken = await browser.PostAsync($"/approvals/{request}", [new("_handler", "answer"), new(Text, "Theirs.")]);
        using var content = new FormUrlEncodedContent([.. await FormAsync(browser, $"/approvals/{request}"), new("_handler", "answer"), new(Text, "Theirs.")]);
        using var crossSite = new HttpRequestMessage(HttpMethod.Post, $"/approvals/{request}") { Content = content };
        crossSite.Headers.Add("Origin", "http://evil.example");
        using var fromElsewhere = await browser.SendAsync(crossSite);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Forbidden), (withoutToken.StatusCode, fromElsewhere.StatusCode));
        Assert.Equal((ApprovalState.Pending, null), ((await host.StoredAsync(request)).State, (await host.StoredAsync(request)).Answer));
    }

    [Fact]
    [Trait("Id", "REL-21")]
    public async Task Answer_OfAFormThatIsTooLate_SaysSoAndChangesNothing()
    {
        await using var host = await RequestDesk.StartAsync();
        var request = await host.AskAsync();
        using var browser = await host.SignInAsync(RequestDesk.Approver);
        var form = await FormAsync(browser, $"/approvals/{request}");
        using var first = await browser.SubmitAsync($"/approvals/{request}", "reject", ("Reject.Reason", "Too dear."));

        using var late = await browser.PostAsync($"/approvals/{request}", [.. form, new("_handler", "answer"), new(Text, "Mine.")]);

        var page = await Browser.ParseAsync(late);
        Assert.Contains("Someone was faster", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Rejected, by cat. “Too dear.”", page.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
        Assert.Null((await host.StoredAsync(request)).Answer);
    }

    [Fact]
    public async Task Answer_OfACallThatTheProviderMakes_IsNotOfferedAndNotTaken()
    {
        await using var host = await RequestDesk.StartAsync();
        var request = await host.AskAsync(draft => draft with { Kind = ApprovalKind.HostedMcp, ServerLabel = "dice" });
        using var browser = await host.SignInAsync(RequestDesk.Approver);
        Assert.Null((await browser.ReadAsync($"/approvals/{request}")).QuerySelector("#answer"));

        using var forged = await browser.PostAsync($"/approvals/{request}", [.. await FormAsync(browser, $"/approvals/{request}"), new("_handler", "answer"), new(Text, "Six.")]);

        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Equal(ApprovalState.Pending, (await host.StoredAsync(request)).State);
    }

    // The token of a page's forms.
    private static async Task<IEnumerable<KeyValuePair<string, string>>> FormAsync(Browser browser, string address) =>
    [
        new("__RequestVerificationToken", (await browser.ReadAsync(address)).QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!),
    ];
}
