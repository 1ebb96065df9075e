using System.Globalization;
using System.Net;
using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;
using BlazorAgents.Runs;
using BlazorAgents.Web.Tests.Account;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BlazorAgents.Web.Tests.Approvals.Console;

/// <summary>The console's list as a file, as a browser gets it.</summary>
public sealed class ApprovalExportTests
{
    private const string Address = "/approvals/export.csv";
    private const string Header = "\uFEFFId,State,Tool,Risk,Sentence,Agent,Requester,Requested at,Expires at,Assigned to,Decided by,Decided at,Arguments changed,Answered instead,Reason,Cause,Conversation";

    [Fact]
    public async Task Export_Requests_IsANamedFileWithALineForEach()
    {
        await using var host = await RequestDesk.StartAsync();
        var (waits, decided) = (await host.AskAsync(), await host.AskAsync());
        using var browser = await host.SignInAsync(RequestDesk.Approver);
        await browser.SubmitAsync($"/approvals/{decided}", "answer", ("Answer.Text", "In May."));
        var (first, second) = (await host.StoredAsync(waits), await host.StoredAsync(decided));

        var before = DateTime.UtcNow;
        using var file = await browser.GetAsync(Address);
        using var history = await browser.GetAsync($"{Address}?view=history");

        Assert.Equal((HttpStatusCode.OK, "text/csv", "utf-8"), (file.StatusCode, file.Content.Headers.ContentType?.MediaType, file.Content.Headers.ContentType?.CharSet));
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Contains(file.Content.Headers.ContentDisposition?.FileName, new[] { before, DateTime.UtcNow }.Select(day => $"approvals-{day:yyyy-MM-dd}.csv"));
        Assert.Equal(
            [Header, $"{waits},Pending,create_order,Money,Order 2 x Laptop,Agent first,ann,{Time(first.CreatedAt)},{Time(first.ExpiresAt)},,,,no,no,,,{first.ConversationId}", ""],
            await LinesAsync(file));
        Assert.Equal(
            [Header, $"{decided},Rejected,create_order,Money,Order 2 x Laptop,Agent first,ann,{Time(second.CreatedAt)},{Time(second.ExpiresAt)},,cat,{Time(second.DecidedAt)},no,yes,,,{second.ConversationId}", ""],
            await LinesAsync(history));
    }

    [Fact]
    public async Task Export_EachFilterOfTheAddress_LeavesTheRestOut()
    {
        await using var host = await RequestDesk.StartAsync();
        var bob = await host.AddAsync("bob@example.org", Roles.User);
        await host.AskAsync();
        var note = await host.AskAsync(draft => draft with { ToolName = "add_note", AgentId = "second", Risk = ToolRisk.Write, Sentence = "Note milk", RequesterId = bob });
        await host.Services.GetRequiredService<Database>().WriteAsync(context => context.Approvals.Where(a => a.Id == note).ExecuteUpdateAsync(
            set => set.SetProperty(a => a.AssigneeId, context.Users.Single(user => user.Email == RequestDesk.Approver).Id).SetProperty(a => a.ExpiresAt, DateTimeOffset.UtcNow.AddMinutes(30))));
        using var browser = await host.SignInAsync(RequestDesk.Approver);

        foreach (var query in new[] { "tool=add_note", "agent=second", $"by={bob}", "risk=write", "words=%20milk%20", "show=mine", "show=expiring", "tool=add_note&risk=Write&words=note" })
        {
            using var file = await browser.GetAsync($"{Address}?{query}");
            Assert.Equal([note.ToString()], (await LinesAsync(file))[1..^1].Select(line => line.Split(',')[0]));
        }

        using var nothing = await browser.GetAsync($"{Address}?tool=add_note&risk=Money");
        Assert.Equal([Header, ""], await LinesAsync(nothing));
    }

    [Fact]
    [Trait("Id", "SEC-13")]
    public async Task Export_PlainUser_HasTheirOwnOnly()
    {
        await using var host = await RequestDesk.StartAsync();
        var bob = await host.AddAsync("bob@example.org", Roles.User);
        await host.AskAsync();
        var mine = await host.AskAsync(draft => draft with { RequesterId = bob });
        using var browser = await host.SignInAsync("bob@example.org");

        using var file = await browser.GetAsync(Address);

        Assert.Equal([mine.ToString()], (await LinesAsync(file))[1..^1].Select(line => line.Split(',')[0]));
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://evil.example\")", "\"'=HYPERLINK(\"\"http://evil.example\"\")\"")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("Two\r\nlines, \"quoted\"", "\"Two\r\nlines, \"\"quoted\"\"\"")]
    public async Task Export_WhatAModelWrote_IsNeitherAFormulaNorMoreCells(string sentence, string cell)
    {
        await using var host = await RequestDesk.StartAsync();
        await host.AskAsync(draft => draft with { Sentence = sentence });
        using var browser = await host.SignInAsync(RequestDesk.Approver);

        using var file = await browser.GetAsync(Address);

        Assert.Contains($",Money,{cell},Agent first,", await file.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("risk=9", "risk: ")]
    [InlineData("show=all", "show: ")]
    [InlineData("view=past", "view: ")]
    public async Task Export_FilterThatIsNone_IsRefusedAndSaysWhich(string query, string words)
    {
        await using var host = await RequestDesk.StartAsync();
        using var browser = await host.SignInAsync(RequestDesk.Approver);

        using var refused = await browser.GetAsync($"{Address}?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.StartsWith(words, await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False(await host.Services.GetRequiredService<Database>().ReadAsync(context => context.AuditEvents.AnyAsync(row => row.Action == AuditActions.ApprovalsExported)));
    }

    private static string? Time(DateTimeOffset? at) => at?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    // The mark of UTF-8 is part of the first.
    private static async Task<string[]> LinesAsync(HttpResponseMessage file) =>
        System.Text.Encoding.UTF8.GetString(await file.Content.ReadAsByteArrayAsync()).Split("\r\n");
}
