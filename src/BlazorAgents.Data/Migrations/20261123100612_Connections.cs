using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BlazorAgents.Data.Migrations
{
    /// <inheritdoc />
    public partial class Connections : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "ClientType",
                table: "Runs",
                type: "TEXT",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "HostedTools",
                table: "Runs",
                type: "TEXT",
                maxLength: 200,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Memory",
                table: "Runs",
                type: "TEXT",
                maxLength: 20,
                nullable: false,
                defaultValue: "Database");

            migrationBuilder.AddColumn<string>(
                name: "ProviderId",
                table: "Runs",
                type: "TEXT",
                maxLength: 36,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ServiceThread",
                table: "Runs",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ServiceThreadId",
                table: "Runs",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ClientType",
                table: "Conversations",
                type: "TEXT",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "HostedTools",
                table: "Conversations",
                type: "TEXT",
                maxLength: 200,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Memory",
                table: "Conversations",
                type: "TEXT",
                maxLength: 20,
                nullable: false,
                defaultValue: "Database");

            migrationBuilder.AddColumn<string>(
                name: "ProviderId",
                table: "Conversations",
                type: "TEXT",
                maxLength: 36,
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "ClientType",
                table: "Runs");

            migrationBuilder.DropColumn(
                name: "HostedTools",
                table: "Runs");

            migrationBuilder.DropColumn(
                name: "Memory",
                table: "Runs");

            migrationBuilder.DropColumn(
                name: "ProviderId",
                table: "Runs");

            migrationBuilder.DropColumn(
                name: "ServiceThread",
                table: "Runs");

            migrationBuilder.DropColumn(
                name: "ServiceThreadId",
                table: "Runs");

            migrationBuilder.DropColumn(
                name: "ClientType",
                table: "Conversations");

            migrationBuilder.DropColumn(
                name: "HostedTools",
                table: "Conversations");

            migrationBuilder.DropColumn(
                name: "Memory",
                table: "Conversations");

            migrationBuilder.DropColumn(
                name: "ProviderId",
                table: "Conversations");
        }
    }
}
