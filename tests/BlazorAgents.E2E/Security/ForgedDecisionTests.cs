using System.Net;
using BlazorAgents.Data;
using BlazorAgents.E2E.Fixtures;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BlazorAgents.E2E.Security;

/// <summary>Decisions that no page of the application offers, sent to the page of a request.</summary>
[Collection(OfflineTests.Name)]
public sealed class ForgedDecisionTests(OfflineApp fixture) : BrowserTest
{
    [Fact]
    [Trait("Id", "BLZ-04")]
    [Trait("Id", "REL-21")]
    [Trait("Id", "SEC-13")]
    [Trait("Id", "SEC-22")]
    public async Task Only_an_approvers_own_form_decides_and_only_once()
    {
        var (conversation, requester) = await AskAsync();
        var request = (await ApprovalAsync(conversation)).Id;
        var page = $"approvals/{request}";

        // The requester may see the request and not decide it; a stranger does not even see it.
        foreach (var (person, answers) in new[]
        {
            (requester, new[] { HttpStatusCode.BadRequest, HttpStatusCode.OK }),
            (await fixture.AddPersonAsync(), new[] { HttpStatusCode.BadRequest, HttpStatusCode.NotFound }),
        })
        {
            using var session = await AppSession.SignInAsync(fixture.App.BaseUrl, person);
            var token = await session.ReadFormAsync("account/password");
            foreach (var handler in new[] { "approve", "reject", "answer" })
            {
                using var forged = await session.PostAsync(page, new(token) { ["_handler"] = handler, ["Approve.Seen"] = "x", ["Reject.Reason"] = "x", ["Answer.Text"] = "x" });
                Assert.Contains(forged.StatusCode, answers);
                Assert.Equal(ApprovalState.Pending, (await ApprovalAsync(conversation)).State);
            }
        }

        var (first, second) = (await fixture.AddPersonAsync("Approver"), await fixture.AddPersonAsync("Approver"));
        using var winner = await AppSession.SignInAsync(fixture.App.BaseUrl, first);
        using var late = await AppSession.SignInAsync(fixture.App.BaseUrl, second);
        var (form, stale) = (await winner.ReadFormAsync(page), await late.ReadFormAsync(page));

        // Without the token, or about something else than the page shows.
        using var withoutToken = await winner.PostAsync(page, form.Where(field => field.Key != "__RequestVerificationToken").ToDictionary());
        Assert.Equal(HttpStatusCode.BadRequest, withoutToken.StatusCode);
        using var otherSentence = await winner.PostAsync(page, new(form) { ["Approve.Seen"] = "Order nothing" });
        Assert.Contains("has changed meanwhile", await otherSentence.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(ApprovalState.Pending, (await ApprovalAsync(conversation)).State);

        using var decided = await winner.PostAsync(page, form);
        Assert.Equal(HttpStatusCode.Found, decided.StatusCode);
        using var tooLate = await late.PostAsync(page, new(stale) { ["_handler"] = "reject", ["Reject.Reason"] = "Too dear." });
        Assert.Contains("Someone was faster", await tooLate.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var stored = await ApprovalAsync(conversation);
        Assert.Equal(("Test Approver", null), (stored.DecidedByName, stored.DecisionReason));
    }

    private async Task<(Guid Conversation, Person Requester)> AskAsync()
    {
        var person = await fixture.AddPersonAsync();
        var tab = await (await VisitAsync(fixture.App, person)).OpenChatAsync();
        await tab.Page.GetByRole(AriaRole.Radio, new() { Name = "Shop Assistant" }).CheckAsync();
        await tab.SendAsync("Please order 1 of product p003 for customer CUST001");
        await Expect(tab.Page.GetByTestId("approval-card")).ToBeVisibleAsync();
        return (tab.ConversationId, person);
    }

    private async Task<Approval> ApprovalAsync(Guid conversation)
    {
        await using var data = new AppData(fixture.App);
        return Assert.Single(await data.ApprovalsAsync(conversation));
    }
}
