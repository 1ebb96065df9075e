using System.Net;
using System.Text.RegularExpressions;
using BlazorAgents.Data;
using BlazorAgents.E2E.Fixtures;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BlazorAgents.E2E.Reliability;

/// <summary>Its own application: it is killed.</summary>
public sealed class WaitingApprovalTests(OfflineApp fixture) : BrowserTest, IClassFixture<OfflineApp>
{
    [Fact]
    [Trait("Id", "REL-16")]
    public async Task An_order_that_waits_survives_a_kill_and_is_placed_once_when_its_page_approves_it()
    {
        var visit = await VisitAsync(fixture.App, await fixture.AddPersonAsync());
        var approver = await fixture.AddPersonAsync("Approver");
        var requester = await visit.OpenChatAsync();
        await requester.Page.GetByRole(AriaRole.Radio, new() { Name = "Shop Assistant" }).CheckAsync();
        await requester.SendAsync("Please order 2 of product p002 for customer CUST001");
        await Expect(requester.Page.GetByTestId("approval-card")).ToHaveAttributeAsync("data-state", "Pending");
        var (address, conversation) = (requester.Page.Url, requester.ConversationId);
        await requester.Page.CloseAsync();

        await fixture.App.KillAsync();
        await fixture.App.RestartAsync();

        await using var data = new AppData(fixture.App);
        var request = Assert.Single(await data.ApprovalsAsync(conversation));
        Assert.Equal((ApprovalState.Pending, RunStatus.AwaitingApproval), (request.State, Assert.Single(await data.RunsAsync(conversation)).Status));
        Assert.Empty(await data.OrdersAsync(conversation));
        var back = await visit.OpenChatAsync(address);
        await Expect(back.Page.GetByTestId("approval-card")).ToContainTextAsync("Order 2 x Mouse, 59.98 $, for CUST001");

        using var session = await AppSession.SignInAsync(fixture.App.BaseUrl, approver);
        var form = await session.ReadFormAsync($"approvals/{request.Id}");
        using var approved = await session.PostAsync($"approvals/{request.Id}", form);
        Assert.Equal(HttpStatusCode.Found, approved.StatusCode);
        using var again = await session.PostAsync($"approvals/{request.Id}", form);
        Assert.Contains("Someone was faster", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        await back.WaitForAnswerAsync();
        await Expect(back.Answers.Last).ToContainTextAsync(new Regex("ORD[0-9]{4}"));
        await Expect(back.Page.GetByTestId("approval-card")).ToHaveCountAsync(0);
        var order = Assert.Single(await data.OrdersAsync(conversation));
        Assert.Equal(("CUST001", "p002", 2), (order.CustomerId, order.ProductId, order.Quantity));
        var call = Assert.Single(await data.CallsAsync(conversation), call => call.ToolName == request.ToolName);
        Assert.Equal((ToolExecutionState.Succeeded, request.Id), (call.State, call.ApprovalId));
        Assert.Equal(ApprovalState.Executed, Assert.Single(await data.ApprovalsAsync(conversation)).State);
    }
}
